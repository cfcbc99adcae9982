BEGIN;
SELECT plan(2);
SELECT pass('sent twice');
\g
SELECT * FROM finish();
ROLLBACK;
