BEGIN;
SELECT plan(1);
SELECT 1 AS a, 'x'::text AS b \gdesc
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
