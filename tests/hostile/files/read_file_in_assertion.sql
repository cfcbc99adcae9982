-- Harm: reads a file of the server, in the string of an assertion.
-- Rule: files_and_programs

select results_eq($$ select pg_read_file('postgresql.conf') $$, $$ values ('') $$, 'read');
