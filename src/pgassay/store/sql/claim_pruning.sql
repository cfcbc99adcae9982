-- Take on the pruning of this day, unless somebody did.
insert into prod_test_schema.settings as known (name, value)
values ('store.pruned_at', pg_catalog.to_jsonb(pg_catalog.now()))
on conflict (name) do update
set value = excluded.value, updated_at = pg_catalog.now(), updated_by = current_user
where known.updated_at < pg_catalog.now() - interval '1 day'
returning known.name
