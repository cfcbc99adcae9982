-- Harm: the row stays, and a new transaction hides it.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
commit and chain;
select pass('done');
rollback;
