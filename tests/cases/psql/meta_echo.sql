\echo 1..4
\echo ok 1 - printed by echo
\echo -n 'ok 2 '
\echo '- in two parts'
\echo ok   3    '-   blanks' "-  kept   where" 'quoted'
\qecho ok 4 - printed by qecho
\warn not ok 5 - to stderr, where nobody counts
