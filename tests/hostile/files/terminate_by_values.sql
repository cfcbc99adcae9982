-- Harm: ends sessions; assertions come from a list.
-- Rule: outside_effects

select lives_ok(statement, what)
from (values ('select 1', 'one'), ('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()', 'two')) as t (statement, what);
