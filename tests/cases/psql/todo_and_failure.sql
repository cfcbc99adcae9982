BEGIN;
SELECT plan(3);
SELECT todo('soon', 1);
SELECT fail('allowed to fail');
SELECT fail('not allowed to fail');
SELECT pass('fine');
SELECT * FROM finish();
ROLLBACK;
