BEGIN;
SELECT plan(1);
SELECT 1 AS a, 2 AS b \gx
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
