-- Harm: ends sessions, as a value of a domain is written.
-- Rule: outside_effects

insert into shop.with_domain values (1);
