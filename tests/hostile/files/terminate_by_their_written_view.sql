-- Harm: ends sessions, by the rows of a view that are updated.
-- Rule: outside_effects

update shop.writable set pid = 1 where gone;
