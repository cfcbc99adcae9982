-- States of catalogs that no operation with a migration refers to.
with referred as (
    select known.sha256
    from prod_test_schema.migration_runs as run
    cross join lateral (values (run.fingerprint_before), (run.fingerprint_after)) as known (sha256)
    where run.id <> all (:'gone'::uuid[])
),
old as (
    select state.sha256
    from prod_test_schema.catalog_states as state
    where state.noted_at < :'before'::timestamptz
        and not exists (select from referred where referred.sha256 = state.sha256)
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.catalog_states as state
    using old
    where state.sha256 = old.sha256 and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
