-- Harm: ends sessions, by a function of the database that executes its argument.
-- Rule: outside_effects

select shop.run('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
