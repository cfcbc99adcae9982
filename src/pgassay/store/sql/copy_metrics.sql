-- How long files and their slow assertions took.
copy performance_monitoring.test_performance_metrics (
    test_category, test_name, execution_time_ms, query_count, slow_query_count, recorded_at, environment, run_id
) from stdin
