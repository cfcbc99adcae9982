\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true
BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT 1 / 0;
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
