-- Whether no transaction was committed since a snapshot, so that no catalog can have changed; and the snapshot
-- of now. Only a few hundred transactions are looked at: where there were more, or no snapshot, the answer is no.
with range as (
    select
        since.taken,
        pg_catalog.pg_snapshot_xmin(since.taken)::text::bigint as first,
        pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint - 1 as last
    from (select nullif(:'snapshot'::text, '')::pg_catalog.pg_snapshot as taken) as since
)
select
    case
        when range.last - range.first < 500 then not exists (
            select
            from pg_catalog.generate_series(range.first, range.last) as number
            where not pg_catalog.pg_visible_in_snapshot(number::text::xid8, range.taken)
                -- Of what is too old to be remembered nothing is known.
                and coalesce(pg_catalog.pg_xact_status(number::text::xid8), 'committed') = 'committed'
        )
        else false
    end as unchanged,
    pg_catalog.pg_current_snapshot()::text as snapshot
from range
