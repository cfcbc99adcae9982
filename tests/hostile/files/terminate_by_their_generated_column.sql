-- Harm: ends sessions, as a column is generated.
-- Rule: outside_effects

insert into shop.with_generated (id) values (1);
