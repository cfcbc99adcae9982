\set half '''a'
BEGIN;
SELECT plan(1);
SELECT is(:half;b', 'a;b'::text, 'a value may open a quote');
SELECT * FROM finish();
ROLLBACK;
