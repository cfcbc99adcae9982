BEGIN;
SELECT plan(1);
SELECT pass('a');
\i include
SELECT * FROM finish();
ROLLBACK;
