-- Catalogs of objects that no run refers to.
with old as (
    select snapshot.id
    from prod_test_schema.catalog_snapshots as snapshot
    where snapshot.taken_at < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.run_catalogs as link
            where link.snapshot_id = snapshot.id and link.run_id <> all (:'gone'::uuid[])
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.catalog_snapshots as snapshot
    using old
    where snapshot.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
