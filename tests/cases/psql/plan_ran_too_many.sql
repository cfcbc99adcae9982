BEGIN;
SELECT plan(1);
SELECT pass('expected');
SELECT pass('one more than planned');
SELECT * FROM finish();
ROLLBACK;
