-- Harm: ends sessions, as a constraint is checked.
-- Rule: outside_effects

insert into shop.with_check values (1);
