BEGIN;
SELECT plan(1);
SELECT pass('before');
\ir include/cycle_a.psql
SELECT * FROM finish();
ROLLBACK;
