-- The incident of an operation, and all incidents that were open when it began: a rollback was performed for them.
with open as (
    update prod_test_schema.production_incidents as incident
    set rollback_performed = true
    from prod_test_schema.rollback_events as event
    where event.id = :'id'::uuid
        and (
            incident.id = :'incident'::uuid
            or incident.status in ('OPEN', 'INVESTIGATING') and incident.detected_at <= event.executed_at
        )
    returning incident.id
),
linked as (
    insert into prod_test_schema.incident_links (incident_id, kind, reference)
    select open.id, 'rollback', :'id'
    from open
    on conflict do nothing
)
update prod_test_schema.rollback_events
set incident_id = :'incident'::uuid
where id = :'id'::uuid
