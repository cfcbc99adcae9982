-- Harm: ends sessions, in an escape string that is cast.
-- Rule: outside_effects

select throws_ok(E'select pg\x5fterminate_backend(pid)\nfrom pg_stat_activity where pid <> pg_backend_pid()'::text, '42501');
