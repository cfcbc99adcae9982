-- Harm: removes a database.
-- Rule: not_transactional

drop database if exists other with (force);
