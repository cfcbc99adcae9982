-- title: Size of the WAL directory
-- level: failed
-- needs: privilege pg_monitor
-- parameter: warning_factor = 2 (number) size as a multiple of what the settings allow from which it is DEGRADED
-- parameter: failed_factor = 10 (number) multiple from which it is UNHEALTHY
-- help: Find what keeps WAL: replication_slots, archiver_failures, wal_keep_size.
--
-- The settings allow max_wal_size and wal_keep_size; more is there because somebody still needs it.

with measured as (
    select
        (select sum(w.size) from pg_ls_waldir() as w) as bytes,
        1048576 * (
            select sum(s.setting::numeric)
            from pg_catalog.pg_settings as s
            where s.name in ('max_wal_size', 'wal_keep_size')
        ) as allowed
)
select
    'server' as object,
    format('%s; the settings allow for %s', pg_size_pretty(bytes), pg_size_pretty(allowed)) as detail,
    case
        when bytes >= allowed * :'failed_factor'::numeric then 'failed'
        when bytes >= allowed * :'warning_factor'::numeric then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('bytes', bytes, 'allowed_bytes', allowed) as metadata
from measured;

-- breaks: any is too much
-- with: failed_factor = 0

-- holds: a server without slots
