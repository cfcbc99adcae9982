-- Harm: ends sessions, as a row is led to its partition.
-- Rule: outside_effects

insert into shop.by_key values (1);
