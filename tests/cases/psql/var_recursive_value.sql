\set inner 'pass(''deep'')'
\set outer 'SELECT :inner'
BEGIN;
SELECT plan(1);
:outer;
SELECT * FROM finish();
ROLLBACK;
