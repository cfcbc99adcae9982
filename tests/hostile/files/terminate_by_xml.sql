-- Harm: ends sessions, in a query that becomes XML.
-- Rule: outside_effects

select query_to_xml('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()', true, true, '');
