BEGIN;
SELECT plan(7);
SELECT is('it''s; here', $q$it's; here$q$::text, 'doubled quote and semicolon');
SELECT is(E'a\'b;\\', 'a''b;\'::text, 'escape string');
SELECT is('back\slash;', E'back\\slash;'::text, 'standard strings keep the backslash');
SELECT is(U&'d\0061t\+000061', 'data'::text, 'unicode string');
SELECT is(B'101'::text, '101', 'bit string');
SELECT is('one'
    'two', 'onetwo'::text, 'continued string');
SELECT is("odd ; ""name""", 1, 'quoted identifier') FROM (SELECT 1 AS "odd ; ""name""") AS t;
SELECT * FROM finish();
ROLLBACK;
