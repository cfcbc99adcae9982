-- Harm: the row stays; a backslash in front of the quote does not keep the string open.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
select '\'; commit; select '-- ';
rollback;
