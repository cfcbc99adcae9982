-- Say what is normal for a category from now on.
insert into performance_monitoring.performance_baselines
    (test_category, baseline_metrics, established_at, updated_at, established_by, reason, target)
values (
    :'category'::text, :'metrics'::jsonb, :'at'::timestamptz, :'at'::timestamptz,
    coalesce(:'actor'::text, current_user), nullif(:'reason'::text, ''), :'target'::text
)
returning id
