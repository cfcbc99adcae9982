-- Harm: ends the sessions of the application.
-- Rule: outside_effects

select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();
