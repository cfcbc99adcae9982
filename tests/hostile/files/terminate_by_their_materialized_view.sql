-- Harm: ends sessions, as a materialized view is filled.
-- Rule: outside_effects

refresh materialized view shop.closings;
