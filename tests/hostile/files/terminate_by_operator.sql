-- Harm: ends sessions, as an operator.
-- Rule: outside_effects

create operator !!! (function = pg_catalog.pg_terminate_backend, rightarg = int);
