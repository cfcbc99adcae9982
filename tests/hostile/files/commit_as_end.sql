-- Harm: the row stays; END is another word for COMMIT.
-- Rule: commits

begin;
insert into shop.customers (name) values ('left behind');
end transaction;
