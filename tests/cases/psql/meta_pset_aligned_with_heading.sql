BEGIN;
SELECT plan(1);
\pset format aligned
\pset tuples_only off
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
