-- What the catalogs were, once for each state.
insert into prod_test_schema.catalog_states (sha256, entries)
values (:'sha256', :'entries'::jsonb)
on conflict (sha256) do nothing
