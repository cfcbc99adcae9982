-- title: The limits of a session that changes things: how long it waits, and how long it may keep others waiting.
--
-- Names are compared with those that other sessions printed, so they are quoted only where they need to be.
select
    pg_catalog.set_config('lock_timeout', :'lock_timeout', false),
    pg_catalog.set_config('statement_timeout', :'statement_timeout', false),
    pg_catalog.set_config('idle_in_transaction_session_timeout', '60s', false),
    pg_catalog.set_config('quote_all_identifiers', 'off', false)
