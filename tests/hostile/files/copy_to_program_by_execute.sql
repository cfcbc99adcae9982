-- Harm: runs a program on the server, from a block.
-- Rule: files_and_programs

do $$
declare
    command constant text := 'rm -rf /tmp/x';
begin
    execute format('copy (select 1) to program %L', command);
end
$$;
