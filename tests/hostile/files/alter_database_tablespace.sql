-- Harm: moves the files of a database.
-- Rule: not_transactional

alter database template1 set tablespace pg_default;
