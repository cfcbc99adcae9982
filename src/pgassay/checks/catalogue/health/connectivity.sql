-- title: Connection to the server
-- level: failed
-- help: See whether the server runs and accepts connections: pg_isready.
--
-- That this is answered is the proof. A server that started moments ago has lost its caches, and what it
-- counted may be young; so the time since then is said.

select
    format('%I', current_database()) as object,
    format(
        'PostgreSQL %s answers as %I, %s, up for %s',
        split_part(current_setting('server_version'), ' ', 1),
        current_user,
        case when pg_is_in_recovery() then 'a standby' else 'a primary' end,
        date_trunc('minute', clock_timestamp() - pg_postmaster_start_time())
    ) as detail,
    'passed' as level,
    jsonb_build_object(
        'up_s', extract(epoch from clock_timestamp() - pg_postmaster_start_time())::bigint,
        'standby', pg_is_in_recovery()
    ) as metadata;

-- examples: none a connection that fails cannot be made over a connection
