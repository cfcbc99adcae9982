-- Harm: a file on this machine.
-- Rule: files_and_programs

\o customers.txt
select * from shop.customers;
