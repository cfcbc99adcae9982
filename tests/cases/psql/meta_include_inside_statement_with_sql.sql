BEGIN;
SELECT plan(1);
SELECT
\ir include/half.psql
SELECT * FROM finish();
ROLLBACK;
