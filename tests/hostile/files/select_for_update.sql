-- Harm: nobody can change any customer.
-- Rule: row_locks

select * from shop.customers for update;
