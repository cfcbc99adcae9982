-- Harm: holds its locks for an hour.
-- Rule: sleeps

select performs_ok($$ select pg_sleep_for('1 hour') $$, 1);
