\set n 2
\echo 1..:n
\echo ok 1 - :'n' :"n" :n
\echo ok :n '- :n' :undefined
