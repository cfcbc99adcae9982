-- Harm: nobody can read the table; assertions stand in one another.
-- Rule: strong_locks

select lives_ok($a$ select lives_ok($b$ do $c$ begin execute $d$ select throws_ok('truncate shop.orders') $d$; end $c$ $b$) $a$);
