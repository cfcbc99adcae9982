-- Harm: ends sessions; the function is found by the search path.
-- Rule: outside_effects

set local search_path = shop, public;
select close_sessions();
