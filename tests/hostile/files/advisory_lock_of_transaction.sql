-- Harm: holds the key that the application uses.
-- Only while running: the watchdog cancels it when somebody waits.

select pg_advisory_xact_lock(42);
select count(*) from generate_series(1, 1000000000);
