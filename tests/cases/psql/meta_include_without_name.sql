BEGIN;
SELECT plan(1);
SELECT pass('a');
\i
SELECT * FROM finish();
ROLLBACK;
