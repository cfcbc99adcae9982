-- Harm: ends sessions, by a string that is put together.
-- Rule: outside_effects

select isnt_empty('select pg_ter' || 'minate_' || lower('BACKEND') || '(pid) ' || $$ from pg_stat_activity where pid <> pg_backend_pid() $$);
