BEGIN;
SELECT plan(1);
SELECT * FROM (VALUES ('a', 'x', 1), ('a', 'y', 2)) AS t (r, c, v) \crosstabview
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
