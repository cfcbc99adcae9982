BEGIN;
SELECT plan(1);
SELECT pass('a');
\set word 'never closed
SELECT * FROM finish();
ROLLBACK;
