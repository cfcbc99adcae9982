BEGIN;
SELECT plan(4);
SELECT 17 AS id, 'Ann O''Dea' AS name, NULL AS nothing \gset
SELECT is(:id, 17, 'a number');
SELECT is(:'name', 'Ann O''Dea'::text, 'a text');
SELECT is(:{?nothing}, false, 'NULL unsets');
SELECT 1 AS a, 2 AS b
\gset new_
SELECT is(:new_a + :new_b, 3, 'with a prefix');
SELECT * FROM finish();
ROLLBACK;
