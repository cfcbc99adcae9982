BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT is((1, 1, 'one too many';
SELECT * FROM finish();
ROLLBACK;
