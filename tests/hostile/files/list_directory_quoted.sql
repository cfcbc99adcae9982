-- Harm: lists a directory of the server; the name is quoted.
-- Rule: files_and_programs

select "pg_catalog" . "pg_ls_dir" ('.');
