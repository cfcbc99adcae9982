\echo '1..2'
\echo 'not ok 1 - a price \\# TODO of 3'
\echo 'ok 2 - fine'
