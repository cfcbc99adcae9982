-- Harm: the statement under test commits.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
select lives_ok('commit and chain', 'it commits');
rollback;
