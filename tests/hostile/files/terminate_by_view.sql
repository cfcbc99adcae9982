-- Harm: ends sessions, as a view of the file is read.
-- Rule: outside_effects

create temp view v as select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();
select * from v;
