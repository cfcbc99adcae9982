BEGIN;
SELECT plan(1);
\x on
SELECT 1 AS a, 'ok' AS b;
\x off
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
