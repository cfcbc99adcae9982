-- What was measured in a period, by category.
select
    test_category,
    pg_catalog.count(*)::integer,
    pg_catalog.avg(execution_time_ms),
    pg_catalog.min(execution_time_ms),
    pg_catalog.max(execution_time_ms),
    pg_catalog.percentile_cont(0.95) within group (order by execution_time_ms),
    pg_catalog.avg(memory_usage_mb),
    pg_catalog.max(memory_usage_mb),
    pg_catalog.avg(cpu_usage_percent),
    pg_catalog.max(cpu_usage_percent)
from performance_monitoring.test_performance_metrics
where recorded_at >= :'since'::timestamptz
    and recorded_at < :'until'::timestamptz
group by test_category
order by test_category
