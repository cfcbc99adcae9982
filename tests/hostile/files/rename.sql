-- Harm: nobody can read the table.
-- Rule: strong_locks

alter table shop.customers rename to clients;
