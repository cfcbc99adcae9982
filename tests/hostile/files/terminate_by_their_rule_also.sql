-- Harm: ends sessions, by a rule that adds to an INSERT.
-- Rule: outside_effects

insert into shop.ruled values (1);
