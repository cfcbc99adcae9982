-- Rehearsals of long ago that a later one of the same content, on the same target and with the same end, replaces.
with old as (
    select run.id
    from prod_test_schema.migration_runs as run
    where run.operation = 'rehearse'
        and run.started_at < :'before'::timestamptz
        and run.status <> 'running'
        and exists (
            select
            from prod_test_schema.migration_runs as later
            where later.operation = 'rehearse'
                and later.up_sha256 = run.up_sha256
                and later.down_sha256 is not distinct from run.down_sha256
                and later.status = run.status
                and later.target = run.target
                and later.database = run.database
                and (later.started_at, later.id) > (run.started_at, run.id)
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.migration_runs as run
    using old
    where run.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), coalesce(pg_catalog.array_agg(id), '{}')
from old
