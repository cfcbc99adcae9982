-- Note something of an incident whose status stays as it is.
insert into prod_test_schema.incident_events (incident_id, actor, status_before, status_after, note)
select incident.id, :'actor'::text, incident.status, incident.status, :'note'::text
from prod_test_schema.production_incidents as incident
where incident.id = :'id'::uuid
