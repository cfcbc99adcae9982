-- Harm: a partition is gone.
-- Rule: not_transactional

alter table shop.events detach partition shop.events_now concurrently;
