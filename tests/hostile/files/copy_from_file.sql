-- Harm: reads a file of the server.
-- Rule: files_and_programs

create temp table secrets (line text);
copy secrets from '/etc/passwd';
