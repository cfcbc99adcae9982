\set ON_ERROR_STOP 0
SELECT plan(2);
SELECT pass('before');
SELECT 1 / 0;
SELECT pass('after');
SELECT * FROM finish();
