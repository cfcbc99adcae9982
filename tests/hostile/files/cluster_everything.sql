-- Harm: rewrites every clustered table.
-- Rule: not_transactional

cluster;
