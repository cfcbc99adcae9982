BEGIN;
SELECT plan(1);
SELECT pass('the plan is met');
SELECT * FROM finish();
ROLLBACK;
\ir include/not_there.psql
