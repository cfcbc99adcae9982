-- Harm: nobody can read the table, which the file seems to have made.
-- Rule: strong_locks

\set ON_ERROR_STOP off
set local search_path = shop;
create table customers (id no_such_type);
drop table customers;
