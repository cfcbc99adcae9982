-- Harm: ends sessions, by a view that the search path finds.
-- Rule: outside_effects

set local search_path = shop, public;
table quiet;
