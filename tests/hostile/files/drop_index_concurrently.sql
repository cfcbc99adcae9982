-- Harm: an index is gone.
-- Rule: not_transactional

drop index concurrently shop.orders_customer;
