-- Harm: takes a directory of the server.
-- Rule: not_transactional

create tablespace here location '/var/tmp';
