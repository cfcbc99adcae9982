-- What an incident has beside what create_production_incident() takes.
update prod_test_schema.production_incidents
set cause = nullif(:'cause'::text, ''),
    affected_tables = :'tables'::text[]
where id = :'id'::uuid
