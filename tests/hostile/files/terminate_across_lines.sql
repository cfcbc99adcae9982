-- Harm: ends sessions; the string goes on over several lines.
-- Rule: outside_effects

select lives_ok('select pg_ter'
    'minate_backend(pid) '
    'from pg_stat_activity where pid <> pg_backend_pid()');
