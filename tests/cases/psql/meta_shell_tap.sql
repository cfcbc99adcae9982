\echo 1..2
\! echo "ok 1 - from the shell"
\echo ok 2 - from psql
