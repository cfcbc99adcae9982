\set a 1
\set b :a
\set c 'x' :b 'y'
\set d ':a'
\set statement 'SELECT pass(''from a variable'')'
BEGIN;
SELECT plan(4);
SELECT is(:b, 1, 'value of another');
SELECT is(:'c', 'x1y'::text, 'joined with another');
SELECT is(:'d', chr(58) || 'a', 'quoted, so literal');
:statement;
SELECT * FROM finish();
ROLLBACK;
