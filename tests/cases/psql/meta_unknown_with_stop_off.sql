\set ON_ERROR_STOP off
BEGIN;
SELECT plan(1);
\frobnicate now
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
