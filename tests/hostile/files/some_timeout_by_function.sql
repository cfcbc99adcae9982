-- Harm: runs without end; which setting is changed comes from a table.
-- Rule: guarded_settings

select set_config(name, '0', false) from pg_settings where name like '%timeout';
