-- Harm: holds its locks for as long as it likes.
-- Rule: sleeps

select pg_sleep(id) from shop.customers;
