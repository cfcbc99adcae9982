-- Harm: nobody can write the table.
-- Rule: strong_locks

alter table shop.customers disable trigger all;
