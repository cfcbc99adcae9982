-- Harm: runs a program on the server.
-- Rule: files_and_programs

copy (select 1) to program 'cat > /tmp/out';
