\echo 1..3
\echo ok 1 - a
\echo ok 1 - a again
\echo ok 3 - c
