-- Harm: a storm of writes.
-- Rule: not_transactional

checkpoint;
