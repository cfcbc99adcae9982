-- Harm: rebuilds indexes in transactions of its own.
-- Rule: not_transactional

reindex table concurrently shop.customers;
