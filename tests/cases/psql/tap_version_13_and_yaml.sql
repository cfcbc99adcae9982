\echo TAP version 13
\echo 1..2
\echo ok 1 - a
\echo '  ---'
\echo '  duration_ms: 7'
\echo '  ...'
\echo ok 2 - b
