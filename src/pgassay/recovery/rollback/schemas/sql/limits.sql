-- Names are printed with their schemas. Long statements are waited for; mostly nobody else waits for us, up to the swap.
select
    pg_catalog.set_config('search_path', '', true),
    pg_catalog.set_config('statement_timeout', '0', true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', :'idle', true),
    pg_catalog.set_config('lock_timeout', :'lock_timeout', true)
