-- Harm: waits without end: the view of settings can be written.
-- Rule: catalogs

update pg_settings set setting = '0' where name = 'lock_timeout';
