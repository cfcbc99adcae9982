-- Access checks of long ago; not the newest of each target and database that came to its end.
with kept as (
    select distinct on (run.target, run.database) run.id
    from prod_test_schema.access_runs as run
    where run.verdict <> 'interrupted'
    order by run.target, run.database, run.started_at desc, run.id
),
old as (
    select run.id
    from prod_test_schema.access_runs as run
    where run.started_at < :'before'::timestamptz
        and not exists (select from kept where kept.id = run.id)
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.access_runs as run
    using old
    where run.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
