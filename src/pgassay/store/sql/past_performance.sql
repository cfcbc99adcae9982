-- The medians of the latest benchmarks that were not noisy, the newest first.
select run.started_at, metric.test_name, metric.execution_time_ms
from (
    select id, started_at
    from performance_monitoring.performance_runs
    where not noisy and target = :'target'::text
    order by started_at desc, id
    limit :'most'::bigint
) as run
join performance_monitoring.test_performance_metrics as metric on metric.run_id = run.id
order by run.started_at desc, metric.test_name
