BEGIN;
SELECT plan(2);
SELECT pass('before');
\frobnicate now
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
