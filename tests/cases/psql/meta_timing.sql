\timing
BEGIN;
SELECT plan(1);
SELECT pass('a');
\timing off
SELECT * FROM finish();
ROLLBACK;
