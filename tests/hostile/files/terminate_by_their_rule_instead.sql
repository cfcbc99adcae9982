-- Harm: ends sessions, by a rule that replaces a DELETE.
-- Rule: outside_effects

delete from shop.replaced where id = 1;
