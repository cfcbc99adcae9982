BEGIN;
SELECT plan(3);
SELECT pass('before');
SELECT 1 / 0;
SELECT pass('not reached');
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
