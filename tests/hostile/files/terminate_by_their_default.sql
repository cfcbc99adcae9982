-- Harm: ends sessions, by the default of a column.
-- Rule: outside_effects

insert into shop.with_default (id) values (1);
