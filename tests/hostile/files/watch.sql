-- Harm: runs a statement again and again.
-- Rule: psql_only

select count(*) from shop.customers \watch 0.01
