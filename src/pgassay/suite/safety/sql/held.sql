-- What a session still holds after its transaction: advisory locks, and transactions that were prepared.
select
    (
        select count(*)
        from pg_catalog.pg_locks
        where pid = :'pid'::text::integer
            and locktype = 'advisory'
    )::integer as advisory,
    (
        select count(*)
        from pg_catalog.pg_prepared_xacts
        where transaction::text = (:'transaction'::text::numeric % 4294967296)::bigint::text
    )::integer as prepared,
    pg_catalog.pg_xact_status(:'transaction'::text::xid8) as status
