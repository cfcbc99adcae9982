BEGIN;
SELECT * FROM no_plan();
SELECT pass('a');
SELECT fail('b');
SELECT * FROM finish();
ROLLBACK;
