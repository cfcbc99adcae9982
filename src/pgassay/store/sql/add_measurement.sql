-- Remember the time of one statement of a workload.
insert into performance_monitoring.test_performance_metrics
    (test_category, test_name, execution_time_ms, query_count, recorded_at, environment, run_id, sample_count)
values (
    :'category'::text, :'name'::text, :'median_ms'::double precision, :'samples'::integer, :'at'::timestamptz,
    :'environment'::text, :'run_id'::uuid, :'samples'::integer
)
