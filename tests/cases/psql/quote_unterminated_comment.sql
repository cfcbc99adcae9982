BEGIN;
SELECT plan(1);
SELECT pass('before');
SELECT * FROM finish();
/* forgotten
ROLLBACK;
