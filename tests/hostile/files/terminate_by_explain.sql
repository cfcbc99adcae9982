-- Harm: ends sessions, as a plan is measured.
-- Rule: outside_effects

explain analyze select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();
