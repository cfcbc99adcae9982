-- Alerts about one statement are one matter: one incident, one notice. Which tables are affected may be unknown.

alter table performance_monitoring.performance_alerts
    add column subject text,
    add column aspect text,
    add column episode uuid;

create index performance_alerts_subject_idx
    on performance_monitoring.performance_alerts (subject) where resolved_at is null;

comment on column performance_monitoring.performance_alerts.subject is
    'What it is about: a statement of a target; what is open about the same is one matter';
comment on column performance_monitoring.performance_alerts.aspect is 'What of it is worse';
comment on column performance_monitoring.performance_alerts.episode is
    'The alert that was the first about the subject while this was raised; null where it is this one';

update performance_monitoring.performance_alerts
set subject = pg_catalog.substring(cause, '^(perf:.*):[^:]*$'),
    aspect = pg_catalog.substring(cause, '([^:]*)$')
where cause like 'perf:%:%:%';

update performance_monitoring.performance_alerts as alert
set episode = first.id
from (
    select distinct on (subject) subject, id
    from performance_monitoring.performance_alerts
    where resolved_at is null and subject is not null
    order by subject, created_at, id
) as first
where alert.subject = first.subject and alert.resolved_at is null and alert.id <> first.id;

-- The oldest open incident of each statement is the one that goes on; others of it are settled by hand.
with oldest as (
    select distinct on (subject) id, subject
    from (
        select id, detected_at, pg_catalog.substring(cause, '^alert:(perf:.*):[^:]*$') as subject
        from prod_test_schema.production_incidents
        where cause like 'alert:perf:%:%:%' and status in ('OPEN', 'INVESTIGATING')
    ) as open
    order by subject, detected_at, id
)
update prod_test_schema.production_incidents as incident
set cause = oldest.subject
from oldest
where incident.id = oldest.id;

alter table prod_test_schema.production_incidents
    alter column affected_tables drop not null,
    alter column affected_tables drop default;

-- Nobody ever said that none is affected: an empty list was written where nobody knew.
update prod_test_schema.production_incidents
set affected_tables = null
where affected_tables = '{}';

comment on column prod_test_schema.production_incidents.affected_tables is
    'Tables that are known to be affected; null where it is not known which are';
comment on column prod_test_schema.production_incidents.performance_impact is
    'What became worse, aspect by aspect, as it was seen last';
