-- Drills of long ago; not the newest of each kind and each end, of each database, and none of an incident that is
-- not settled.
with kept as (
    select distinct on (drill.target, drill.database, drill.kind, drill.status) drill.id
    from prod_test_schema.recovery_drills as drill
    order by drill.target, drill.database, drill.kind, drill.status, drill.started_at desc, drill.id
),
old as (
    select drill.id
    from prod_test_schema.recovery_drills as drill
    where drill.started_at < :'before'::timestamptz
        and drill.status <> 'running'
        and not exists (select from kept where kept.id = drill.id)
        and not exists (
            select
            from prod_test_schema.incident_links as link
            join prod_test_schema.production_incidents as incident on incident.id = link.incident_id
            where link.kind = 'drill'
                and link.reference = drill.id::text
                and incident.status in ('OPEN', 'INVESTIGATING')
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.recovery_drills as drill
    using old
    where drill.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
