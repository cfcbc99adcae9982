-- Harm: the row stays; the data of a COPY look like the end of the test.
-- Rule: commits

begin;
create temp table lines (line text);
copy lines from stdin;
rollback;
\\.
\.
insert into shop.customers (name) values ('left behind');
commit;
