-- Harm: the row stays; a savepoint is no protection.
-- Rule: commits

begin;
savepoint here;
insert into shop.customers (name) values ('left behind');
release here;
COMMIT;
