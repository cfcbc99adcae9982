BEGIN;
SELECT plan(3);
\i include/one_pass.psql
\ir include/one_pass.psql
\include 'include/one_pass.psql'
SELECT * FROM finish();
ROLLBACK;
