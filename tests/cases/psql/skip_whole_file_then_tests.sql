\echo 1..0 # SKIP changed its mind
\echo ok 1 - a test all the same
