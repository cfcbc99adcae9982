-- Harm: whoever logs in next has other limits.
-- Rule: roles

alter role postgres set statement_timeout = 0;
