-- What the database was like when a run began.
insert into prod_test_schema.run_catalogs (run_id, snapshot_id)
values (:'run_id'::uuid, :'snapshot_id')
on conflict (run_id) do nothing
