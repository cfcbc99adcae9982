-- Harm: cancels what the application runs.
-- Rule: outside_effects

select count(pg_cancel_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid();
