\echo 1..3
\echo ok 1 - a
\echo ok 3 - b
\echo ok 2 - c
