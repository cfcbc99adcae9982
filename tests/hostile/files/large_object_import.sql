-- Harm: reads a file of the server.
-- Rule: files_and_programs

select is(lo_import('/etc/hostname') > 0, true, 'imported');
