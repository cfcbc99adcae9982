\set here 1
\set gone 1
\unset gone
BEGIN;
SELECT plan(2);
SELECT is(:{?here}, true, 'set');
SELECT is(:{?gone}, false, 'unset');
SELECT * FROM finish();
ROLLBACK;
