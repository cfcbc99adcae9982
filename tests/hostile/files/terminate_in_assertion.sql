-- Harm: ends sessions, in a Unicode string of an assertion.
-- Rule: outside_effects

select lives_ok(U&'select pg\005fterminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
