-- What is CRITICAL and not settled.
select
    array(
        select title
        from prod_test_schema.production_incidents
        where severity = 'CRITICAL' and status in ('OPEN', 'INVESTIGATING')
        order by detected_at, title
    ),
    array(
        select alert_message
        from performance_monitoring.performance_alerts
        where severity = 'CRITICAL' and resolved_at is null
        order by created_at, alert_message
    )
