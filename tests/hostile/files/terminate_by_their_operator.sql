-- Harm: ends sessions, by an operator of the database.
-- Rule: outside_effects

select point(1, 1) operator(shop.<~!~>) point(1, 1);
