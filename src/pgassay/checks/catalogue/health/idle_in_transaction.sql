-- title: Sessions idle in a transaction
-- level: failed
-- area: pre-migration
-- needs: privilege pg_read_all_stats
-- parameter: warning_s = 300 (number) time idle in a transaction from which it is DEGRADED, in seconds
-- parameter: failed_s = 1800 (number) time from which it is UNHEALTHY, in seconds
-- help: End it: select pg_terminate_backend({pid}); and set idle_in_transaction_session_timeout for its role.
--
-- Such a session does nothing, keeps its locks and keeps vacuum from its work. Most come from an
-- application that calls something else between two statements of one transaction.

select
    format('pid %s', a.pid) as object,
    format(
        '%I%s in %I is %s for %s',
        a.usename,
        case when a.application_name <> '' then format(' (%s)', a.application_name) else '' end,
        a.datname,
        a.state,
        date_trunc('second', clock_timestamp() - a.state_change)
    ) as detail,
    case
        when clock_timestamp() - a.state_change >= make_interval(secs => :'failed_s'::float8) then 'failed'
        else 'warning'
    end as level,
    jsonb_build_object(
        'pid', a.pid,
        'idle_s', extract(epoch from clock_timestamp() - a.state_change)::bigint
    ) as metadata
from pg_catalog.pg_stat_activity as a
where a.state like 'idle in transaction%'
    and clock_timestamp() - a.state_change >= make_interval(secs => :'warning_s'::float8)
union all
select
    format('%I', current_database()),
    format('sessions idle in a transaction: %s', count(*) filter (where a.state like 'idle in transaction%')),
    'passed',
    null
from pg_catalog.pg_stat_activity as a;

-- examples: none it needs a second session
