-- Harm: ends a session; pgTAP puts EXECUTE in front of a text without spaces.
-- Rule: outside_effects

prepare go (bool) as select $1;
select lives_ok('go(pg_terminate_backend(1))');
