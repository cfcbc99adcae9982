-- Harm: copies a whole database.
-- Rule: not_transactional

create database copy_of_production template template1;
