-- Harm: gives back what guards the run.
-- Rule: advisory_locks

select pg_advisory_unlock_all();
