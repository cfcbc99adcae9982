-- What tests created and must take away again, what went wrong in production, and what was rolled back.

create table prod_test_schema.prod_test_data_registry (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    test_execution_id uuid references prod_test_schema.prod_test_execution_log (id) on delete set null,
    test_name text not null,
    entity_type text not null,
    entity_id uuid not null,
    created_at timestamptz not null default pg_catalog.now(),
    cleaned_up_at timestamptz,
    cleanup_method text not null default 'CASCADE',
    check (cleaned_up_at >= created_at)
);

create index prod_test_data_registry_execution_idx
    on prod_test_schema.prod_test_data_registry (test_execution_id);
create index prod_test_data_registry_left_idx
    on prod_test_schema.prod_test_data_registry (entity_type, entity_id) where cleaned_up_at is null;

comment on table prod_test_schema.prod_test_data_registry is
    'Rows that a test created in tables of the application, and whether they were removed';
comment on column prod_test_schema.prod_test_data_registry.entity_type is 'The table, schema-qualified';
comment on column prod_test_schema.prod_test_data_registry.entity_id is 'The key of the row';
comment on column prod_test_schema.prod_test_data_registry.cleaned_up_at is 'Null while the row is there';

create table prod_test_schema.production_incidents (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    incident_type text not null check (
        incident_type in ('TEST_FAILURE', 'PERFORMANCE', 'SECURITY', 'DATA_INTEGRITY')
    ),
    severity text not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    title text not null,
    description text,
    detection_method text not null check (
        detection_method in ('AUTOMATED_TEST', 'MONITORING', 'USER_REPORT')
    ),
    detected_at timestamptz not null default pg_catalog.now(),
    acknowledged_at timestamptz,
    resolved_at timestamptz,
    resolution_notes text,
    rollback_performed boolean not null default false,
    affected_tables text[] not null default '{}',
    performance_impact jsonb,
    assigned_to text,
    status text not null default 'OPEN' check (
        status in ('OPEN', 'INVESTIGATING', 'RESOLVED', 'CLOSED')
    )
);

create index production_incidents_detected_at_idx
    on prod_test_schema.production_incidents (detected_at desc);
create index production_incidents_open_idx
    on prod_test_schema.production_incidents (severity, detected_at desc)
    where status in ('OPEN', 'INVESTIGATING');

comment on table prod_test_schema.production_incidents is 'What went wrong in production, and how it ended';

create table prod_test_schema.rollback_events (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    rollback_reason text not null,
    backup_used text,
    emergency_backup_location text,
    executed_at timestamptz not null default pg_catalog.now(),
    completed_at timestamptz,
    executed_by text not null default current_user,
    incident_id uuid references prod_test_schema.production_incidents (id) on delete set null,
    succeeded boolean,
    details jsonb not null default '{}',
    check (completed_at >= executed_at)
);

create index rollback_events_executed_at_idx on prod_test_schema.rollback_events (executed_at desc);
create index rollback_events_incident_idx on prod_test_schema.rollback_events (incident_id);

comment on table prod_test_schema.rollback_events is 'Rollbacks that were carried out';
comment on column prod_test_schema.rollback_events.emergency_backup_location is
    'The copy that was taken of the state before the rollback';
comment on column prod_test_schema.rollback_events.succeeded is 'Null while it runs';
