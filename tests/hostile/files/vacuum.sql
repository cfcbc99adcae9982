-- Harm: rewrites a table.
-- Rule: not_transactional

vacuum full shop.customers;
