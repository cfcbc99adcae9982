-- Who holds the lock of migrations in this database.
with lock (key) as (
    select pg_catalog.hashtextextended('pgassay migrate', 0)
)
select held.pid, activity.usename::text, activity.application_name, activity.backend_start
from lock
join pg_catalog.pg_locks as held
    on held.locktype = 'advisory'
    and held.objsubid = 1
    and held.classid::bigint = (lock.key >> 32) & 4294967295
    and held.objid::bigint = lock.key & 4294967295
    and held.granted
    and held.database = (
        select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()
    )
left join pg_catalog.pg_stat_activity as activity
    on activity.pid = held.pid
