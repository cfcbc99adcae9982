-- What an incident belongs to, in the order in which it became known.
select kind, reference
from prod_test_schema.incident_links
where incident_id = :'id'::uuid
order by linked_at, kind, reference
