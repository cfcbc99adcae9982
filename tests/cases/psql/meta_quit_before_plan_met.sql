BEGIN;
SELECT plan(2);
SELECT pass('a');
\q
SELECT pass('b');
SELECT * FROM finish();
ROLLBACK;
