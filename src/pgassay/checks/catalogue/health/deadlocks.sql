-- title: Deadlocks
-- level: warning
-- parameter: warning_a_day = 5 (number) deadlocks a day from which it is DEGRADED
-- help: The server's log names the statements of each; let transactions lock rows in one order, as by primary key.
--
-- A rate since the statistics were reset, taken over a day at least: the deadlocks of a bad hour last year must
-- not be an alarm for ever.

with counted as (
    select
        s.deadlocks,
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
    format('%s a day (deadlocks since the statistics were reset: %s)', round(deadlocks / days, 1), deadlocks) as detail,
    case when deadlocks / days >= :'warning_a_day'::numeric then 'warning' else 'passed' end as level,
    jsonb_build_object('deadlocks', deadlocks, 'a_day', round(deadlocks / days, 2)) as metadata
from counted;

-- breaks: any is too much
-- with: warning_a_day = 0

-- holds: none
