BEGIN;
SELECT plan(1);
\ir include/quits.psql
SELECT pass('\q leaves the included file only');
SELECT * FROM finish();
ROLLBACK;
