-- Harm: a file on this machine.
-- Rule: files_and_programs

select * from shop.customers \g customers.txt
