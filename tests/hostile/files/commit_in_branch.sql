-- Harm: the row stays, in a branch that depends on the server.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
select current_setting('server_version_num')::int > 1 as real \gset
\if :real
commit;
\endif
rollback;
