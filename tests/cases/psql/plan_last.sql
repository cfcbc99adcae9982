BEGIN;
SELECT * FROM no_plan();
SELECT pass('a');
SELECT pass('b');
SELECT * FROM finish();
ROLLBACK;
