-- Harm: ends sessions, by a trigger after the UPDATE of a column.
-- Rule: outside_effects

update shop.after_rows set note = 'x' where id = 1;
