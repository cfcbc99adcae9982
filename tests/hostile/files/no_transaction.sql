-- Harm: the rows stay: there is no transaction at all.
-- Only while running: the file runs within a transaction of pgassay.

insert into shop.customers (name) values ('left behind');
