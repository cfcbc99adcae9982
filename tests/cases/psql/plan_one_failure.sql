BEGIN;
SELECT plan(3);
SELECT pass('first');
SELECT is(1, 2, 'second is wrong');
SELECT pass('third');
SELECT * FROM finish();
ROLLBACK;
