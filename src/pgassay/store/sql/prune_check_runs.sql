-- Runs of checks of long ago; not the newest of each area, on each target and in each database.
with kept as (
    (
        select distinct on (run.target, asked.area) run.id
        from prod_test_schema.check_runs as run
        cross join pg_catalog.unnest(run.areas) as asked (area)
        order by run.target, asked.area, run.started_at desc, run.id
    )
    union all
    (
        select distinct on (run.database, asked.area) run.id
        from prod_test_schema.check_runs as run
        cross join pg_catalog.unnest(run.areas) as asked (area)
        where run.exit_code <> 130
        order by run.database, asked.area, run.started_at desc, run.id
    )
),
old as (
    select run.id
    from prod_test_schema.check_runs as run
    where run.started_at < :'before'::timestamptz
        and not exists (select from kept where kept.id = run.id)
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.check_runs as run
    using old
    where run.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
