-- What the user was warned of so far.
update prod_test_schema.test_runs
set warnings = :'warnings'::jsonb
where id = :'id'::uuid
