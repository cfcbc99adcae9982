-- Harm: fills the disk with temporary files.
-- Only while running: statement_timeout and temp_file_limit end it.

with recursive r as (select 1 as n union all select n + 1 from r)
select count(*) from r a, r b;
