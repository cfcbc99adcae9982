-- title: Long transactions
-- level: failed
-- area: pre-migration
-- needs: privilege pg_read_all_stats
-- parameter: warning_s = 900 (number) age of a transaction from which it is DEGRADED, in seconds
-- parameter: failed_s = 7200 (number) age from which it is UNHEALTHY, in seconds
-- help: Let it end, or end it: select pg_terminate_backend({pid});
--   limit it for the role with idle_in_transaction_session_timeout or statement_timeout.
--
-- A transaction keeps vacuum from removing every row version that is younger than itself, and keeps its
-- locks. The text of its statement may hold data of customers, so it is not repeated here.

select
    format('pid %s', a.pid) as object,
    format(
        'a transaction of %I%s in %I is %s old (%s)',
        a.usename,
        case when a.application_name <> '' then format(' (%s)', a.application_name) else '' end,
        a.datname,
        date_trunc('second', clock_timestamp() - a.xact_start),
        a.state
    ) as detail,
    case
        when clock_timestamp() - a.xact_start >= make_interval(secs => :'failed_s'::float8) then 'failed'
        else 'warning'
    end as level,
    jsonb_build_object(
        'pid', a.pid,
        'age_s', extract(epoch from clock_timestamp() - a.xact_start)::bigint,
        'state', a.state
    ) as metadata
from pg_catalog.pg_stat_activity as a
where a.backend_type = 'client backend'
    and a.pid <> pg_backend_pid()
    and clock_timestamp() - a.xact_start >= make_interval(secs => :'warning_s'::float8)
union all
select
    format('%I', current_database()),
    format(
        'the oldest transaction of a client is %s old',
        coalesce(date_trunc('second', max(clock_timestamp() - a.xact_start)), interval '0')
    ),
    'passed',
    null
from pg_catalog.pg_stat_activity as a
where a.backend_type = 'client backend'
    and a.pid <> pg_backend_pid();

-- examples: none it needs a second session
