-- Harm: ends sessions, by a trigger before an INSERT.
-- Rule: outside_effects

insert into shop.before_rows values (1);
