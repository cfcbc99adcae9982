\echo 1..1
\echo TAP version 13
\echo ok 1
