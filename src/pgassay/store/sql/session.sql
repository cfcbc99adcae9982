-- The manners of one transaction of the store: it waits for nobody for long, and reads what it wrote.
select
    pg_catalog.set_config('search_path', '', true),
    pg_catalog.set_config('lock_timeout', :'lock_timeout', true),
    pg_catalog.set_config('statement_timeout', :'statement_timeout', true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', :'statement_timeout', true),
    pg_catalog.set_config('client_encoding', 'UTF8', true),
    pg_catalog.set_config('timezone', 'UTC', true),
    pg_catalog.set_config('datestyle', 'ISO', true),
    pg_catalog.set_config('intervalstyle', 'postgres', true)
