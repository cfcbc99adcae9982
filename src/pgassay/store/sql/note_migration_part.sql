-- The target has so many parts for good.
update prod_test_schema.migration_runs
set parts_committed = :'parts'::integer
where id = :'id'::uuid
