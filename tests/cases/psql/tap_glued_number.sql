\echo 1..2
\echo ok1 - glued
\echo ok 2 - fine
