-- The same, of a certain transaction, as long as it is one of this session's that have not ended.
select
    :'transaction'::text as transaction,
    pg_catalog.now()::text as began,
    pg_catalog.pg_backend_pid()::text as pid
where exists (
    select
    from pg_catalog.pg_locks
    where pid = pg_catalog.pg_backend_pid()
        and locktype = 'transactionid'
        and mode = 'ExclusiveLock'
        and transactionid::text = mod(:'transaction'::text::numeric, 4294967296)::bigint::text
)
