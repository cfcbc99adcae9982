-- Triggers and types of the application may rely on the search path that the role has anyway. And rows that a
-- policy hides would be taken for gone: so the server is asked to refuse instead of hiding any.
select
    pg_catalog.set_config('search_path', (select reset_val from pg_catalog.pg_settings where name = 'search_path'), true),
    pg_catalog.set_config('row_security', 'off', true)
