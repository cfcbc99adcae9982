BEGIN;
SELECT plan(2);
SELECT pass('before');
\ir include/dies.psql
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
