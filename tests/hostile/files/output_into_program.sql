-- Harm: runs a program on this machine.
-- Rule: psql_only

\o | cat > customers.txt
select * from shop.customers;
