-- Measurements of long ago, unless the run or the benchmark that they belong to is kept.
with old as (
    select metric.id
    from performance_monitoring.test_performance_metrics as metric
    where metric.recorded_at < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.test_runs as run
            where run.id = metric.run_id and run.id <> all (:'gone'::uuid[])
        )
        and not exists (
            select
            from performance_monitoring.performance_runs as run
            where run.id = metric.run_id and run.id <> all (:'gone'::uuid[])
        )
    limit :'most'::bigint
),
gone as (
    delete from performance_monitoring.test_performance_metrics as metric
    using old
    where metric.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
