-- Harm: makes the server read its configuration.
-- Rule: outside_effects

select pg_reload_conf();
