-- Settle an alert that is not resolved.
update performance_monitoring.performance_alerts as alert
set resolved_at = pg_catalog.now(),
    resolved_by = coalesce(:'actor'::text, current_user),
    resolution_notes = nullif(:'note'::text, '')
where alert.id = :'id'::uuid and alert.resolved_at is null
returning alert.id
