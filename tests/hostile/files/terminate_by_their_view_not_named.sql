-- Harm: ends sessions, by a view whose name is an argument of their function.
-- Rule: outside_effects

select shop.count_of('shop.quiet');
