-- Harm: ends sessions, by a trigger of a partition; its parent is written to.
-- Rule: outside_effects

insert into shop.whole values (1);
