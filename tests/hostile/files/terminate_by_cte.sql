-- Harm: ends sessions, in a part of a query that nobody reads.
-- Rule: outside_effects

with unused as materialized (select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid())
select pass('nothing to see') from (select count(*) from unused) as t;
