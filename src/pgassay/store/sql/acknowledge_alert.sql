-- Say that somebody looks at an alert that is not resolved; the first one to say so stays known.
update performance_monitoring.performance_alerts as alert
set acknowledged_at = coalesce(alert.acknowledged_at, pg_catalog.now()),
    acknowledged_by = coalesce(alert.acknowledged_by, :'actor'::text, current_user)
where alert.id = :'id'::uuid and alert.resolved_at is null
returning alert.id
