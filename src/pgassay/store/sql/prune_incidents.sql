-- Incidents that were closed long ago, with their history; not those of an emergency rollback.
with old as (
    select incident.id
    from prod_test_schema.production_incidents as incident
    where incident.status = 'CLOSED'
        and incident.last_seen_at < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.incident_events as event
            where event.incident_id = incident.id and event.happened_at >= :'before'::timestamptz
        )
        and not exists (
            select
            from prod_test_schema.rollback_events as rollback
            where rollback.incident_id = incident.id
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.production_incidents as incident
    using old
    where incident.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
