-- Harm: nobody can read the table, which the file seems to have made.
-- Rule: strong_locks

create table if not exists shop.customers (id int);
drop table shop.customers;
