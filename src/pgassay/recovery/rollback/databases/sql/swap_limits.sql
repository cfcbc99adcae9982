-- Whoever is killed in the middle of a swap, or stopped, holds nobody up for longer than this.
select
    pg_catalog.set_config('search_path', '', true),
    pg_catalog.set_config('lock_timeout', '3s', true),
    pg_catalog.set_config('statement_timeout', '20s', true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', '5s', true)
