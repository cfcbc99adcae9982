\echo 1..0 # skipped: nothing to see
\q
