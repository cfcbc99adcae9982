-- Harm: ends sessions, as a policy is applied.
-- Rule: outside_effects

select count(*) from shop.guarded;
