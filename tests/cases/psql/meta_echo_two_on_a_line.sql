\echo 1..2 \echo ok 1 - printed by \echo ok 2
