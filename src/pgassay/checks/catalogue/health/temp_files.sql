-- title: Temporary files
-- level: warning
-- parameter: warning_gb_a_day = 10 (number) temporary files written a day from which it is DEGRADED, in GB
-- help: Find the queries that spill (select queryid, temp_blks_written from pg_stat_statements order by 2 desc
--   limit 10), and give them an index or a larger work_mem; temp_file_limit bounds one session.
--
-- A rate since the statistics were reset, taken over a day at least, so that one large sort soon after a reset
-- does not look like a habit.

with counted as (
    select
        s.temp_files as files,
        s.temp_bytes as bytes,
        greatest(
            extract(epoch from clock_timestamp() - coalesce(
                s.stats_reset, (select b.stats_reset from pg_catalog.pg_stat_bgwriter as b)
            )) / 86400,
            1
        )::numeric as days
    from pg_catalog.pg_stat_database as s
    where s.datname = current_database()
)
select
    format('%I', current_database()) as object,
    format(
        '%s a day (since the statistics were reset: %s)',
        pg_size_pretty(round(bytes / days)),
        pg_size_pretty(bytes)
    ) as detail,
    case when bytes / days >= 1073741824 * :'warning_gb_a_day'::numeric then 'warning' else 'passed' end as level,
    jsonb_build_object('files', files, 'bytes', bytes, 'bytes_a_day', round(bytes / days)) as metadata
from counted;

-- breaks: any is too much
-- with: warning_gb_a_day = 0

-- holds: none
