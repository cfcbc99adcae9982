-- Harm: ends sessions, as rows are fetched.
-- Rule: outside_effects

declare c cursor for select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();
fetch all from c;
