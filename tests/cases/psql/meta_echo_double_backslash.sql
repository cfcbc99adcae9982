\echo 1..1
\echo ok 1 - a \\ SELECT 'then SQL';
