BEGIN;
SELECT plan(2);
SELECT pass('before');
\set ON_ERROR_STOP off
SELECT 1 / 0;
SELECT pass('the transaction is aborted, so this never runs');
SELECT * FROM finish();
ROLLBACK;
