-- Harm: a procedure of the database commits.
-- Rule: commits

call shop.finish_day();
