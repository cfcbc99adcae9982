-- Harm: ends sessions, as their aggregate takes a step.
-- Rule: outside_effects

select shop.closing(n) from generate_series(1, 3) as n;
