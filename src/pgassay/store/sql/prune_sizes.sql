-- How large databases were long ago.
with old as (
    select known.database, known.hour
    from performance_monitoring.database_sizes as known
    where known.recorded_at < :'before'::timestamptz
    limit :'most'::bigint
),
gone as (
    delete from performance_monitoring.database_sizes as known
    using old
    where known.database = old.database and known.hour = old.hour and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
