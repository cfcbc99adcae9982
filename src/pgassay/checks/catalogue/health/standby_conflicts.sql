-- title: Queries that replay cancelled on this standby
-- level: warning
-- parameter: warning_a_day = 10 (number) cancelled queries a day from which it is DEGRADED
-- help: Set hot_standby_feedback = on, or a longer max_standby_streaming_delay, or run long queries elsewhere.
--
-- Only a standby has such conflicts. A rate since the statistics were reset, taken over a day at least.

with counted as (
    select
        s.conflicts,
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
    case
        when pg_is_in_recovery()
            then format('%s a day (since the statistics were reset: %s)', round(conflicts / days, 1), conflicts)
        else 'not a standby'
    end as detail,
    case
        when pg_is_in_recovery() and conflicts / days >= :'warning_a_day'::numeric then 'warning'
        else 'passed'
    end as level
from counted;

-- examples: none it needs a standby
