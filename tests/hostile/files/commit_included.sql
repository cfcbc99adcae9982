-- Harm: the row stays; the COMMIT is in a file that is included.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
\ir include/innocent.psql
rollback;
