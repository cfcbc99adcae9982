BEGIN;
SELECT plan(1);
\t off
SELECT 1 AS "ok 1 - a heading";
\t on
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
