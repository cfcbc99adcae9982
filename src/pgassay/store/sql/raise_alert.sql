-- Raise an alert, in the episode of those about the same subject that are open.
insert into performance_monitoring.performance_alerts (
    alert_type, test_category, test_name, alert_message, severity, threshold_value, actual_value, cause, subject,
    aspect, episode
)
values (
    :'type'::text, :'category'::text, nullif(:'test'::text, ''), :'message'::text, :'severity'::text,
    :'threshold'::double precision, :'actual'::double precision, :'cause'::text, nullif(:'subject'::text, ''),
    nullif(:'aspect'::text, ''),
    (
        select coalesce(other.episode, other.id)
        from performance_monitoring.performance_alerts as other
        where other.subject = :'subject'::text and other.resolved_at is null
        order by other.created_at, other.id
        limit 1
    )
)
returning id, true
