-- The open alert of a cause.
select id from performance_monitoring.performance_alerts
where cause = :'cause'::text and resolved_at is null
