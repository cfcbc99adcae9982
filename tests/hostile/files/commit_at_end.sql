-- Harm: the row stays.
-- Rule: commits

begin;
select plan(1);
insert into shop.customers (name) values ('left behind');
select pass('done');
select * from finish();
commit;
