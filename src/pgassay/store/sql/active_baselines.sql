-- What is normal, by category.
select baseline_metrics::text, established_at, established_by, coalesce(reason, '')
from performance_monitoring.performance_baselines
where is_active
order by test_category
