-- Harm: a block that commits.
-- Rule: commits

insert into shop.customers (name) values ('left behind');
do $$ begin commit; end $$;
