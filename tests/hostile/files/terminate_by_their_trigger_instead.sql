-- Harm: ends sessions, by a trigger instead of an INSERT.
-- Rule: outside_effects

insert into shop.instead_rows values (1);
