-- Harm: runs a program on this machine, for the value of a variable.
-- Rule: psql_only

\set now `touch left_behind`
