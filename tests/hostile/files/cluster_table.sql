-- Harm: nobody can read the table.
-- Rule: strong_locks

cluster shop.orders using orders_customer;
