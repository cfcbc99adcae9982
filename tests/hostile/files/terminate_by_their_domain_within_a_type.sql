-- Harm: ends sessions, as a part of a composite value is checked.
-- Rule: outside_effects

insert into shop.with_composite values ('(1,2)');
