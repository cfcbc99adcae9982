-- Remember the time of one statement of a workload, and what it used.
insert into performance_monitoring.test_performance_metrics
    (test_category, test_name, execution_time_ms, memory_usage_mb, cpu_usage_percent, query_count, recorded_at,
     environment, run_id, sample_count)
values (
    :'category'::text, :'name'::text, :'median_ms'::double precision, :'memory_mb'::double precision,
    :'cpu_percent'::double precision, :'samples'::integer, :'at'::timestamptz, :'environment'::text,
    :'run_id'::uuid, :'samples'::integer
)
