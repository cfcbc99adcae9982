BEGIN;
SELECT plan(3);
SELECT pass('the only one');
SELECT * FROM finish();
ROLLBACK;
