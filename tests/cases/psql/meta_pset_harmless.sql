\pset pager off
\pset border 2
\pset footer off
\pset linestyle ascii
\timing on
\pset title 'a title'
\x off
BEGIN;
SELECT plan(1);
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
