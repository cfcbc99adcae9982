-- Notices that arrived, or were given up, long ago. Those of an incident or an alert that is not settled stay, or
-- people would be told of it again.
with old as (
    select notice.id
    from prod_test_schema.notification_outbox as notice
    where coalesce(notice.delivered_at, notice.failed_at) < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.production_incidents as incident
            where incident.status in ('OPEN', 'INVESTIGATING')
                and pg_catalog.starts_with(notice.notice_key, 'incident:' || incident.id || ':')
        )
        and not exists (
            select
            from performance_monitoring.performance_alerts as alert
            where alert.resolved_at is null
                and pg_catalog.starts_with(notice.notice_key, 'alert:' || coalesce(alert.episode, alert.id) || ':')
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.notification_outbox as notice
    using old
    where notice.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
