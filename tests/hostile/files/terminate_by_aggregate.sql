-- Harm: ends sessions, as the step of an aggregate.
-- Rule: outside_effects

create aggregate pg_temp.harmless (int) (sfunc = pg_terminate_backend, stype = bool);
