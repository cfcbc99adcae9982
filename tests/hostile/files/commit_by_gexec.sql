-- Harm: the row stays; psql executes what a query gives.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
select 'commit' \gexec
rollback;
