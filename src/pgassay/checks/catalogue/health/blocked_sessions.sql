-- title: Sessions that wait for a lock
-- level: failed
-- area: pre-migration
-- needs: privilege pg_read_all_stats
-- parameter: warning_s = 30 (number) time in one statement that waits from which it is DEGRADED, in seconds
-- parameter: failed_s = 300 (number) time from which it is UNHEALTHY, in seconds
-- help: See what the session in front does, and end it if it must: select pg_terminate_backend({blocked_by});
--   set lock_timeout for what may wait.
--
-- PostgreSQL does not say when a session began to wait; pg_locks.waitstart
-- does, and where it is empty the start of the statement stands for it.

with waiting as (
    select
        a.pid,
        a.usename,
        a.datname,
        pg_blocking_pids(a.pid) as blockers,
        clock_timestamp() - coalesce(
            (select min(l.waitstart) from pg_catalog.pg_locks as l where l.pid = a.pid and not l.granted),
            a.query_start
        ) as waited
    from pg_catalog.pg_stat_activity as a
    where a.wait_event_type = 'Lock'
)
select
    format('pid %s', pid) as object,
    format(
        '%I in %I has waited %s for a lock; pid %s is in front',
        usename,
        datname,
        date_trunc('second', waited),
        array_to_string(blockers, ', ')
    ) as detail,
    case when waited >= make_interval(secs => :'failed_s'::float8) then 'failed' else 'warning' end as level,
    jsonb_build_object(
        'pid', pid,
        'blocked_by', blockers[1],
        'waited_s', extract(epoch from waited)::bigint
    ) as metadata
from waiting
where waited >= make_interval(secs => :'warning_s'::float8)
union all
select format('%I', current_database()), format('sessions that wait for a lock: %s', count(*)), 'passed', null
from waiting;

-- examples: none it needs two more sessions
