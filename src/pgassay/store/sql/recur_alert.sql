-- Bring an open alert of that cause up to date, and say whether it became worse.
with known as (
    select
        alert.id,
        pg_catalog.array_position(array['INFO', 'WARNING', 'CRITICAL'], :'severity'::text)
            > pg_catalog.array_position(array['INFO', 'WARNING', 'CRITICAL'], alert.severity) as worse
    from performance_monitoring.performance_alerts as alert
    where alert.cause = :'cause'::text and alert.resolved_at is null
)
update performance_monitoring.performance_alerts as alert
set occurrences = alert.occurrences + 1,
    last_seen_at = pg_catalog.now(),
    severity = :'severity'::text,
    alert_message = :'message'::text,
    threshold_value = :'threshold'::double precision,
    actual_value = :'actual'::double precision
from known
where alert.id = known.id
returning alert.id, known.worse
