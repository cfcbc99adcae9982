-- Say what an incident belongs to, once.
insert into prod_test_schema.incident_links (incident_id, kind, reference)
values (:'id'::uuid, :'kind'::text, :'reference'::text)
on conflict do nothing
