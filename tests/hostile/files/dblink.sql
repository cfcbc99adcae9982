-- Harm: writes in a transaction of its own.
-- Rule: outside_effects

create extension if not exists pgtap;
select dblink('dbname=' || current_database(), 'insert into shop.customers (name) values (''left behind'')');
