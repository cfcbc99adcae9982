-- Harm: runs a program on this machine.
-- Rule: psql_only

\! touch left_behind
