-- A session lock says that the run lives: it is gone with the connection, however the process ended. After
-- a reconnection the server may still believe in the old session, so nobody waits for it here.
select
    pg_catalog.set_config('application_name', 'pgassay store', false),
    pg_catalog.pg_try_advisory_lock(:'run_lock'::bigint)
