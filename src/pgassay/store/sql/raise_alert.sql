-- Raise an alert.
insert into performance_monitoring.performance_alerts
    (alert_type, test_category, test_name, alert_message, severity, threshold_value, actual_value, cause)
values (
    :'type'::text, :'category'::text, nullif(:'test'::text, ''), :'message'::text, :'severity'::text,
    :'threshold'::double precision, :'actual'::double precision, :'cause'::text
)
returning id, true
