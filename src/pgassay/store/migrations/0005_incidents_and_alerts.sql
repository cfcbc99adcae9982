-- What recurs is counted instead of opened twice; who dealt with it, and what it belongs to, is known.

alter table prod_test_schema.production_incidents
    add column cause text,
    add column occurrences integer not null default 1 check (occurrences > 0),
    add column last_seen_at timestamptz not null default pg_catalog.now();

create unique index production_incidents_cause_idx
    on prod_test_schema.production_incidents (cause)
    where cause is not null and status in ('OPEN', 'INVESTIGATING');

comment on column prod_test_schema.production_incidents.cause is
    'What tells incidents of the same cause; at most one of them is open';
comment on column prod_test_schema.production_incidents.occurrences is
    'How often the cause was met while the incident was open';

create table prod_test_schema.incident_links (
    incident_id uuid not null references prod_test_schema.production_incidents (id) on delete cascade,
    kind text not null check (kind in ('run', 'alert', 'migration', 'rollback')),
    reference text not null,
    linked_at timestamptz not null default pg_catalog.now(),
    primary key (incident_id, kind, reference)
);

comment on table prod_test_schema.incident_links is 'The runs, alerts, migrations and rollbacks of incidents';

create table prod_test_schema.incident_events (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    incident_id uuid not null references prod_test_schema.production_incidents (id) on delete cascade,
    happened_at timestamptz not null default pg_catalog.clock_timestamp(),
    actor text not null default current_user,
    status_before text check (status_before in ('OPEN', 'INVESTIGATING', 'RESOLVED', 'CLOSED')),
    status_after text not null check (status_after in ('OPEN', 'INVESTIGATING', 'RESOLVED', 'CLOSED')),
    note text not null default ''
);

create index incident_events_incident_idx on prod_test_schema.incident_events (incident_id, happened_at);

comment on table prod_test_schema.incident_events is 'Every change of an incident''s status, and who made it';

create function prod_test_schema.create_production_incident(
    incident_type text,
    severity text,
    title text,
    description text default null,
    detection_method text default 'AUTOMATED_TEST'
) returns uuid
language plpgsql
set search_path = ''
as $$
declare
    at_once constant boolean := $2 = 'CRITICAL';
    opened record;
begin
    insert into prod_test_schema.production_incidents
        (incident_type, severity, title, description, detection_method, assigned_to, status)
    select
        $1, $2, $3, $4, $5,
        case when at_once then coalesce(
            (select value #>> '{}' from prod_test_schema.settings where name = 'incidents.on_call'), 'on-call'
        ) end,
        case when at_once then 'INVESTIGATING' else 'OPEN' end
    returning * into opened;
    insert into prod_test_schema.incident_events (incident_id, status_after)
    values (opened.id, opened.status);
    return opened.id;
end
$$;

comment on function prod_test_schema.create_production_incident(text, text, text, text, text) is
    'Opens an incident and gives its id; a CRITICAL one is assigned to the on-call and investigated at once';

alter table performance_monitoring.performance_alerts
    add column cause text,
    add column occurrences integer not null default 1 check (occurrences > 0),
    add column last_seen_at timestamptz not null default pg_catalog.now(),
    add column acknowledged_by text,
    add column resolved_by text,
    add column resolution_notes text;

create unique index performance_alerts_cause_idx
    on performance_monitoring.performance_alerts (cause) where cause is not null and resolved_at is null;

comment on column performance_monitoring.performance_alerts.cause is
    'What tells alerts of the same cause; at most one of them is not resolved';
comment on column performance_monitoring.performance_alerts.occurrences is
    'How often the cause was met while the alert was open';
