-- Change an incident's status, unless somebody else did meanwhile.
with moved as (
    update prod_test_schema.production_incidents as incident
    set status = :'after'::text,
        acknowledged_at = case
            when :'after'::text = 'INVESTIGATING' and :'before'::text <> 'RESOLVED'
            then coalesce(incident.acknowledged_at, pg_catalog.now())
            else incident.acknowledged_at
        end,
        assigned_to = case
            when :'after'::text = 'INVESTIGATING' then coalesce(:'actor'::text, incident.assigned_to, current_user)
            else incident.assigned_to
        end,
        resolved_at = case
            when :'after'::text = 'RESOLVED' then pg_catalog.now()
            when :'after'::text = 'INVESTIGATING' then null
            else incident.resolved_at
        end,
        resolution_notes = case
            when :'after'::text = 'RESOLVED' then nullif(:'note'::text, '')
            else incident.resolution_notes
        end
    where incident.id = :'id'::uuid and incident.status = :'before'::text
    returning incident.id
)
insert into prod_test_schema.incident_events (incident_id, actor, status_before, status_after, note)
select moved.id, coalesce(:'actor'::text, current_user), :'before'::text, :'after'::text, :'note'::text
from moved
returning incident_id
