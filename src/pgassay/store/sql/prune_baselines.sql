-- Baselines that others replaced long ago.
with old as (
    select baseline.id
    from performance_monitoring.performance_baselines as baseline
    where not baseline.is_active and baseline.updated_at < :'before'::timestamptz
    limit :'most'::bigint
),
gone as (
    delete from performance_monitoring.performance_baselines as baseline
    using old
    where baseline.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
