-- Harm: the row stays; dollar quotes hide where a string ends.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
select $a$ $$ $a$; commit; select $$ $a$ $$;
rollback;
