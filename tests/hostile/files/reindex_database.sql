-- Harm: rebuilds all indexes.
-- Rule: not_transactional

reindex (verbose) system;
