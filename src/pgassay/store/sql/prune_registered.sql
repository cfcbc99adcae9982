-- Registered rows that were cleaned up long ago.
with old as (
    select entry.id
    from prod_test_schema.prod_test_data_registry as entry
    where entry.cleaned_up_at < :'before'::timestamptz
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.prod_test_data_registry as entry
    using old
    where entry.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
