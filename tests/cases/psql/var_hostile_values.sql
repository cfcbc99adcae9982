\set literal 'back\\slash and ''quote'''
\set identifier 'odd "name"'
\set newline 'a\nb\tc\x41\101'
BEGIN;
SELECT plan(3);
SELECT is(:'literal', E'back\\slash and \'quote\''::text, 'a backslash in a literal');
SELECT is(:"identifier", 1, 'a quote in an identifier') FROM (SELECT 1 AS "odd ""name""") AS t;
SELECT is(:'newline', E'a\nb\tcAA'::text, 'escapes in a quoted argument');
SELECT * FROM finish();
ROLLBACK;
