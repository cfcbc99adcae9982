\echo 1..2
\echo ok 1
\echo ok 2
\echo 1..2
