BEGIN;
SELECT plan(2);
\ir include/nested.psql
SELECT * FROM finish();
ROLLBACK;
