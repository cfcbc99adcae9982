-- Harm: nobody can read the table, which the file seems to have made.
-- Rule: strong_locks

begin;
savepoint here;
create table public.orders (id int);
rollback to here;
set local search_path = public, shop;
drop table orders;
rollback;
