-- Harm: ends sessions, as a variable of a domain is set.
-- Rule: outside_effects

do $$ declare x shop.closer; begin x := 1; end $$;
