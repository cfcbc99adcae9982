-- Harm: ends sessions, by a default that a table of the file takes over.
-- Rule: outside_effects

create temp table mine (like shop.with_default including all);
insert into mine (id) values (1);
