-- Harm: changes the configuration of the server.
-- Rule: not_transactional

alter system set fsync = off;
