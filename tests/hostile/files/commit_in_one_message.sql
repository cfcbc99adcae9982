-- Harm: the row stays; three statements are sent as one.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
select 1\; commit\; begin;
rollback;
