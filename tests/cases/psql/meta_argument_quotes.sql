\set a "double quotes stay"
\set b 'one''s'
\set c un'quo'ted
BEGIN;
SELECT plan(3);
SELECT is(:'a', '"double quotes stay"'::text, 'double quotes hold words together and stay');
SELECT is(:'b', 'one''s'::text, 'a doubled quote');
SELECT is(:'c', 'unquoted'::text, 'quotes in the middle');
SELECT * FROM finish();
ROLLBACK;
