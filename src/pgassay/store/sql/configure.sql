-- Makes what the functions know of the configuration equal to it: what is no longer configured goes.
with wanted as (
    select w.key as name, w.value
    from pg_catalog.jsonb_each(:'settings'::jsonb) as w
),
gone as (
    delete from prod_test_schema.settings as s
    where s.name like :'prefix' || '%'
        and not exists (select from wanted as w where w.name = s.name)
)
insert into prod_test_schema.settings as s (name, value)
select w.name, w.value
from wanted as w
on conflict (name) do update
set value = excluded.value, updated_at = pg_catalog.now(), updated_by = current_user
where s.value <> excluded.value
