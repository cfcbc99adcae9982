-- How much slower something is, as it was seen last.
update prod_test_schema.production_incidents
set performance_impact = :'impact'::jsonb
where id = :'id'::uuid
