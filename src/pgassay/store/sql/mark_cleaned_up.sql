-- Done, in the transaction that did it.
update prod_test_schema.prod_test_data_registry
set cleaned_up_at = greatest(pg_catalog.clock_timestamp(), created_at)
where id = any (:'ids'::uuid[])
