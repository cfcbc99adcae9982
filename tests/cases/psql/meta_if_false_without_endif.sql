BEGIN;
SELECT plan(1);
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
\if false
SELECT fail('b');
