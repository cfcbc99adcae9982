-- How long files and their slow assertions took, and what files used.
copy performance_monitoring.test_performance_metrics (
    test_category, test_name, execution_time_ms, memory_usage_mb, cpu_usage_percent, query_count, slow_query_count,
    recorded_at, environment, run_id
) from stdin
