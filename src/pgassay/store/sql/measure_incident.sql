-- What became worse, and by how much, as it was seen last.
update prod_test_schema.production_incidents
set performance_impact = :'impact'::jsonb,
    description = nullif(:'description'::text, '')
where id = :'id'::uuid
