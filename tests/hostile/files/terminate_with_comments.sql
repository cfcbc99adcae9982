-- Harm: ends sessions; comments stand within the name.
-- Rule: outside_effects

select pg_catalog/**/./* . */Pg_Terminate_BACKEND/*(*/(pid) from pg_stat_activity where pid <> pg_backend_pid();
