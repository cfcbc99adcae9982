\set ON_ERROR_STOP off
\set ON_ERROR_ROLLBACK on
BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT 1 / 0;
SELECT pass('after: only the statement was undone');
SELECT * FROM finish();
ROLLBACK;
