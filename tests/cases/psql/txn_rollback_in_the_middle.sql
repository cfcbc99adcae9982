BEGIN;
SELECT plan(2);
SELECT pass('before');
ROLLBACK;
SELECT pass('the plan is rolled back too');
SELECT * FROM finish();
