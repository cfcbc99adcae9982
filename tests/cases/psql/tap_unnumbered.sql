\echo 1..3
\echo ok
\echo ok - with words
\echo not ok - this one failed
