-- Harm: the row stays; the word is put together by psql.
-- Rule: commits

\set first com
\set last mit
\set word :first:last
begin;
insert into shop.customers (name) values ('left behind');
:word;
