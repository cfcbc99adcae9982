\echo 1..1
\echo '    ok 1 - inner'
\echo '    not ok 2 - inner failure that the outer line answers for'
\echo '    1..2'
\echo ok 1 - outer
