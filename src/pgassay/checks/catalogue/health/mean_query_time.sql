-- title: Mean time of a query
-- level: failed
-- area: pre-migration, post-migration
-- needs: extension pg_stat_statements
-- needs: setting pg_stat_statements.track
-- parameter: warning_ms = 100 (number) mean from which it is DEGRADED, in milliseconds
-- parameter: failed_ms = 500 (number) mean from which it is UNHEALTHY, in milliseconds
-- parameter: least_calls = 100 (number) fewer calls than this are not judged
-- help: Find the statements that take the time, and reset the statistics once they are mended:
--   select queryid, calls, mean_exec_time from pg_stat_statements order by total_exec_time desc limit 10.
--
-- The mean over all statements of this database since the statistics were reset, so a mended statement
-- weighs on it until the next reset; `pgassay perf` compares two moments instead. The extension may be in
-- any schema: ts_stat() is what PostgreSQL has to run a query whose text is made by a query, and needs
-- neither a function of our own nor libxml.

with place as (
    select
        format('%I', n.nspname) as home,
        to_regclass(format('%I.pg_stat_statements_info', n.nspname)) is not null as has_info
    from pg_catalog.pg_extension as e
    join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
    where e.extname = 'pg_stat_statements'
),
answered as (
    select s.word::jsonb as told
    from place
    cross join lateral ts_stat(format(
        $$
        select array_to_tsvector(array[jsonb_build_object(
            'calls', coalesce(sum(s.calls), 0),
            'total_ms', coalesce(sum(s.total_exec_time), 0),
            'slow', count(*) filter (where s.mean_exec_time >= %s),
            'since', %s
        )::text])
        from %s.pg_stat_statements(false) as s
        where s.dbid = (select d.oid from pg_catalog.pg_database as d where d.datname = current_database())
        $$,
        :'failed_ms'::numeric,
        case when has_info then format('(select stats_reset from %s.pg_stat_statements_info)', home) else 'null' end,
        home
    )) as s
),
measured as (
    select
        (told ->> 'calls')::numeric as calls,
        (told ->> 'total_ms')::numeric / nullif((told ->> 'calls')::numeric, 0) as mean_ms,
        (told ->> 'slow')::bigint as slow,
        (told ->> 'since')::timestamptz as since
    from answered
)
select
    format('%I', current_database()) as object,
    case
        when calls < :'least_calls'::numeric then
            format('only %s calls since the last reset, too few to judge (%s)', calls, :'least_calls'::numeric)
        else format(
            '%s ms mean over %s calls since %s; statements with a mean of %s ms or more: %s',
            round(mean_ms, 1),
            ltrim(to_char(calls, '999,999,999,999,999')),
            coalesce(to_char(since at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'the last reset'),
            :'failed_ms'::numeric,
            slow
        )
    end as detail,
    case
        when calls < :'least_calls'::numeric then 'not verified'
        when mean_ms >= :'failed_ms'::numeric then 'failed'
        when mean_ms >= :'warning_ms'::numeric then 'warning'
        else 'passed'
    end as level,
    case when calls < :'least_calls'::numeric then 'Ask again after some work.' end as remediation,
    jsonb_build_object('mean_ms', round(mean_ms, 3), 'calls', calls, 'slow_statements', slow) as metadata
from measured;

-- examples: none what a transaction ran is counted when its statements end, and stays after a rollback
