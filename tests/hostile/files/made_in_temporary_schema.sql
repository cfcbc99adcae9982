-- Harm: nobody can read the table; the file made another one of its name.
-- Rule: strong_locks

create temp table customers (id int);
drop table shop.customers;
