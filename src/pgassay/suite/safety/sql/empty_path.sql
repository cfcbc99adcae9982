-- Lets the server qualify the names in what it prints, and not wait long for a definition that is being changed.
select
    pg_catalog.set_config('search_path', '', true),
    pg_catalog.set_config('lock_timeout', '2s', true)
