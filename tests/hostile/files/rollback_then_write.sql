-- Harm: the rows stay: behind the ROLLBACK there is no transaction.
-- Only while running: the file runs within a transaction of pgassay, in which its own ROLLBACK goes back to a savepoint.

begin;
select pass('done');
rollback;
insert into shop.customers (name) values ('left behind');
