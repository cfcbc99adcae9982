-- Harm: a file on the server, written by the body of a function of the SQL standard.
-- Rule: files_and_programs

create function pg_temp.save() returns oid
    language sql
return lo_import('/etc/hostname');
