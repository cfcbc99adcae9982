BEGIN;
SELECT plan(1);
SELECT pass('before');
VACUUM;
SELECT * FROM finish();
ROLLBACK;
