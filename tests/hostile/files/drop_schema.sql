-- Harm: nobody can read anything.
-- Rule: strong_locks

drop schema shop cascade;
