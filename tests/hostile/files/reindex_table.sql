-- Harm: nobody can write the table.
-- Rule: strong_locks

reindex index shop.orders_customer;
