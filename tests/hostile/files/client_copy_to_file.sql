-- Harm: a file on this machine.
-- Rule: files_and_programs

\copy shop.customers to 'customers.csv'
