-- Harm: ends sessions, in what should be an operator.
-- Rule: unreadable

select cmp_ok(1, '+ (select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()) =', 1);
