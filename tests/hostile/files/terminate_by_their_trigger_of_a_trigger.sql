-- Harm: ends sessions, by a trigger of the table that a trigger writes to.
-- Rule: outside_effects

insert into shop.chained values (1);
