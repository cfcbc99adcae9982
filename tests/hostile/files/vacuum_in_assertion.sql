-- Harm: rewrites a table from an assertion.
-- Rule: not_transactional

select lives_ok($q$ vacuum shop.orders $q$);
