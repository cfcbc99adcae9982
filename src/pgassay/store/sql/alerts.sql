-- Alerts, the open ones first, then the worst and newest; null stands for any id, any subject and any incident.
select
    alert.id, alert.alert_type, alert.severity, alert.test_category, coalesce(alert.test_name, ''),
    alert.alert_message, coalesce(alert.cause, ''), coalesce(alert.subject, ''), coalesce(alert.aspect, ''),
    coalesce(alert.episode, alert.id), alert.threshold_value, alert.actual_value,
    alert.created_at, alert.last_seen_at, alert.occurrences, alert.acknowledged_at,
    coalesce(alert.acknowledged_by, ''), alert.resolved_at, coalesce(alert.resolved_by, ''),
    coalesce(alert.resolution_notes, '')
from performance_monitoring.performance_alerts as alert
where (:'id'::uuid is null or alert.id = :'id'::uuid)
    and (:'subject'::text is null or alert.subject = :'subject'::text)
    and (:'incident'::uuid is null or alert.id::text in (
        select link.reference
        from prod_test_schema.incident_links as link
        where link.incident_id = :'incident'::uuid and link.kind = 'alert'
    ))
    and (:'resolved'::boolean or alert.resolved_at is null)
order by
    alert.resolved_at is not null,
    pg_catalog.array_position(array['CRITICAL', 'WARNING', 'INFO'], alert.severity),
    alert.created_at desc,
    alert.id
limit :'most'::bigint
