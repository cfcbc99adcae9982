-- Harm: goes on in a session that nobody guards.
-- Rule: connections

\connect - postgres
insert into shop.customers (name) values ('left behind');
