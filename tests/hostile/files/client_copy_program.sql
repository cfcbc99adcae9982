-- Harm: runs a program on this machine.
-- Rule: psql_only

\copy (select 1) to program 'cat > out'
