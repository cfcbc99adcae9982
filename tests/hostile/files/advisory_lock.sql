-- Harm: the application waits for a key, also after the test.
-- Rule: advisory_locks

select pg_advisory_lock(42);
