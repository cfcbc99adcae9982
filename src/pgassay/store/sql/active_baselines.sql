-- What is normal for a target, by category: its own baseline, else the one of whoever has none.
select distinct on (test_category) baseline_metrics::text, established_at, established_by, coalesce(reason, '')
from performance_monitoring.performance_baselines
where is_active and (target is null or target = :'target'::text)
order by test_category, target nulls last
