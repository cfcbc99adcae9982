BEGIN;
SELECT plan(3);
SELECT is(NULL::integer, NULL, 'nulls are the same to is()');
SELECT isnt(NULL::integer, 1, 'and differ from a value');
SELECT ok(NULL, 'but NULL is not ok');
SELECT * FROM finish();
ROLLBACK;
