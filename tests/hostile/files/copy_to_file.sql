-- Harm: a file on the server.
-- Rule: files_and_programs

copy shop.customers to '/tmp/customers.csv' csv;
