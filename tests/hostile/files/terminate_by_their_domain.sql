-- Harm: ends sessions, as a value becomes one of a domain.
-- Rule: outside_effects

select 1::shop.closer;
