-- Harm: ends sessions, by a statement that is prepared first.
-- Rule: outside_effects

prepare go as select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();
select lives_ok('go');
