-- Harm: nobody can read the table, whose schema is not named.
-- Rule: strong_locks

set search_path to shop;
truncate customers;
