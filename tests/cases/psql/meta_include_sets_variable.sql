\ir include/sets_variable.psql
BEGIN;
SELECT plan(1);
SELECT is(:'included', 'yes'::text, 'variables come back');
SELECT * FROM finish();
ROLLBACK;
