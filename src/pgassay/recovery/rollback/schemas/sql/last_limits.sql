-- From here on others may wait for us: whoever is stopped, or killed, holds nobody up for longer than this.
select
    pg_catalog.set_config('lock_timeout', :'lock_timeout', true),
    pg_catalog.set_config('statement_timeout', '60s', true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', '10s', true)
