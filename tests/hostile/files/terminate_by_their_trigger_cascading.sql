-- Harm: ends sessions, by a trigger of the table to which a DELETE cascades.
-- Rule: outside_effects

delete from shop.parents where id = 1;
