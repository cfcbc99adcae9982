BEGIN;
SELECT plan(2);
SELECT is(
\ir include/one_pass.psql
1, 1, 'the statement around it goes on');
SELECT * FROM finish();
ROLLBACK;
