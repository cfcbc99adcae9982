-- Alerts that were resolved long ago and belong to no incident that is not settled.
with old as (
    select alert.id
    from performance_monitoring.performance_alerts as alert
    where alert.resolved_at < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.incident_links as link
            join prod_test_schema.production_incidents as incident on incident.id = link.incident_id
            where link.kind = 'alert'
                and link.reference = alert.id::text
                and incident.status in ('OPEN', 'INVESTIGATING')
        )
    limit :'most'::bigint
),
gone as (
    delete from performance_monitoring.performance_alerts as alert
    using old
    where alert.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
