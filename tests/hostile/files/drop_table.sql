-- Harm: nobody can read the table.
-- Rule: strong_locks

drop table shop.orders;
