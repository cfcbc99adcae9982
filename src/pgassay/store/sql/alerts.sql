-- Alerts, the open ones first, then the worst and newest; a null id: all.
select
    alert.id, alert.alert_type, alert.severity, alert.test_category, coalesce(alert.test_name, ''),
    alert.alert_message, coalesce(alert.cause, ''), alert.threshold_value, alert.actual_value,
    alert.created_at, alert.last_seen_at, alert.occurrences, alert.acknowledged_at,
    coalesce(alert.acknowledged_by, ''), alert.resolved_at, coalesce(alert.resolved_by, ''),
    coalesce(alert.resolution_notes, '')
from performance_monitoring.performance_alerts as alert
where (:'id'::uuid is null or alert.id = :'id'::uuid)
    and (:'resolved'::boolean or alert.resolved_at is null)
order by
    alert.resolved_at is not null,
    pg_catalog.array_position(array['CRITICAL', 'WARNING', 'INFO'], alert.severity),
    alert.created_at desc,
    alert.id
limit :'most'::bigint
