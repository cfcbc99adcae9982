BEGIN;
SELECT plan(1);
\if true
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
