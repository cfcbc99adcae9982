-- A snapshot that is not there yet; no row where it is.
insert into prod_test_schema.catalog_snapshots (id)
values (:'id')
on conflict (id) do nothing
returning id
