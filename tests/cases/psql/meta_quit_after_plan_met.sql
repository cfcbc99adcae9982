BEGIN;
SELECT plan(1);
SELECT pass('a');
\q
SELECT fail('never runs');
SELECT * FROM finish();
ROLLBACK;
