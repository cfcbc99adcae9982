BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT pass('never closed);
SELECT * FROM finish();
ROLLBACK;
