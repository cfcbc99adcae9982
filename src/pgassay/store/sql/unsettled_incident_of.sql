-- The incident of a cause that is not settled.
select id from prod_test_schema.production_incidents
where cause = :'cause'::text and status in ('OPEN', 'INVESTIGATING')
