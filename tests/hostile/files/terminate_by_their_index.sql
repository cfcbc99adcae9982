-- Harm: ends sessions, as an index takes the value of an expression.
-- Rule: outside_effects

insert into shop.with_index values (1);
