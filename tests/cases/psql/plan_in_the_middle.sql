BEGIN;
\echo ok 1 - before the plan
\echo 1..3
\echo ok 2 - after the plan
\echo ok 3 - after the plan
ROLLBACK;
