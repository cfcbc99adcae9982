-- Harm: an index stays, perhaps invalid.
-- Rule: not_transactional

create index concurrently customers_name on shop.customers (name);
