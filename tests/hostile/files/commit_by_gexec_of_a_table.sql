-- Harm: the row stays; the statement comes from a table.
-- Only while running: the text is known when the result is; it is judged before it is sent.

begin;
create temp table todo as select 'commit'::text as statement;
select statement from todo \gexec
rollback;
