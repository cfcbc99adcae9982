BEGIN;
SELECT plan(2);
\pset tuples_only off
SELECT pass('a');
\t
SELECT pass('b');
SELECT * FROM finish();
ROLLBACK;
