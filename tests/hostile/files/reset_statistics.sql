-- Harm: the statistics of the server are gone.
-- Rule: outside_effects

select pg_stat_reset();
