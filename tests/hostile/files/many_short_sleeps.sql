-- Harm: sleeps a little, very often.
-- Only while running: statement_timeout ends it.

select pg_sleep(0.1) from generate_series(1, 100000);
