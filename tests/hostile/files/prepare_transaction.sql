-- Harm: the locks stay beyond the session, and beyond a restart.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
prepare transaction 'left behind';
