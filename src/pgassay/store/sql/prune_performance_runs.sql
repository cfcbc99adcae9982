-- Benchmarks of long ago; not the newest of each target that was judged, nor the newest that was not, quiet or noisy.
with kept as (
    select distinct on (run.target, run.noisy, run.judgements = '[]'::jsonb) run.id
    from performance_monitoring.performance_runs as run
    order by run.target, run.noisy, run.judgements = '[]'::jsonb, run.started_at desc, run.id
),
old as (
    select run.id
    from performance_monitoring.performance_runs as run
    where run.started_at < :'before'::timestamptz
        and not exists (select from kept where kept.id = run.id)
    limit :'most'::bigint
),
gone as (
    delete from performance_monitoring.performance_runs as run
    using old
    where run.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), coalesce(pg_catalog.array_agg(id), '{}')
from old
