-- How an incident went.
select happened_at, actor, status_before, status_after, note
from prod_test_schema.incident_events
where incident_id = :'id'::uuid
order by happened_at, id
