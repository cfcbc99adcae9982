-- Harm: the row stays; the word comes from a result.
-- Only while running: the text is known when the result is; it is judged before it is sent.

begin;
insert into shop.customers (name) values ('left behind');
select 'comm' || 'it' as word \gset
:word;
