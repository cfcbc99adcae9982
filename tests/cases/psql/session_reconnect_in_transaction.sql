BEGIN;
SELECT plan(1);
\c
BEGIN;
SELECT plan(1);
SELECT pass('in a new session');
SELECT * FROM finish();
ROLLBACK;
