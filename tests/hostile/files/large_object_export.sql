-- Harm: a file on the server.
-- Rule: files_and_programs

select lo_export(lo_from_bytea(0, 'x'), '/tmp/object');
