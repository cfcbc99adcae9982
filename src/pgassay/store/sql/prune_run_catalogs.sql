-- What the database was like when runs began that are gone.
with old as (
    select link.run_id
    from prod_test_schema.run_catalogs as link
    where link.noted_at < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.test_runs as run
            where run.id = link.run_id and run.id <> all (:'gone'::uuid[])
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.run_catalogs as link
    using old
    where link.run_id = old.run_id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
