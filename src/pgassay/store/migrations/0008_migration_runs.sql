-- What was done with migrations: rehearsals, applications and rollbacks, step by step, as they went on.

create table prod_test_schema.migration_runs (
    id uuid primary key,
    operation text not null check (operation in ('apply', 'rollback', 'rehearse')),
    migration_id text not null,
    version text not null,
    name text not null,
    up_path text not null,
    up_sha256 text not null check (up_sha256 ~ '^[0-9a-f]{64}$'),
    down_path text,
    down_sha256 text check (down_sha256 ~ '^[0-9a-f]{64}$'),
    target text not null,
    database text not null,
    place text not null default '',
    irreversible_reason text not null default '',
    unrehearsed_reason text not null default '',
    started_at timestamptz not null,
    finished_at timestamptz check (finished_at >= started_at),
    status text not null default 'running' check (
        status in ('running', 'succeeded', 'red', 'unchanged', 'undone', 'between', 'interrupted')
    ),
    step text not null default 'look',
    sentence text not null default '',
    parts_committed integer not null default 0 check (parts_committed >= 0),
    fingerprint_before text not null default '',
    fingerprint_after text not null default '',
    changes jsonb not null default '[]',
    exact boolean not null default false,
    run_lock bigint not null,
    created_by text not null default current_user
);

create index migration_runs_started_at_idx
    on prod_test_schema.migration_runs (started_at desc);
create index migration_runs_content_idx
    on prod_test_schema.migration_runs (up_sha256, operation, status);

comment on table prod_test_schema.migration_runs is
    'Rehearsals, applications and rollbacks of migrations; the history of what is applied is in the target';
comment on column prod_test_schema.migration_runs.migration_id is
    'The version, the name and the start of the SHA-256; also the name of the restore point';
comment on column prod_test_schema.migration_runs.status is
    'succeeded and red: the target is as after it; unchanged and undone: as before; between: neither';
comment on column prod_test_schema.migration_runs.step is 'The step that it is at, or that was the last';
comment on column prod_test_schema.migration_runs.parts_committed is
    'How many parts of the file the target has for good';
comment on column prod_test_schema.migration_runs.fingerprint_before is
    'The SHA-256 of the target''s catalogs before it';
comment on column prod_test_schema.migration_runs.changes is
    'The objects that differ after it: kind, name, before, after';
comment on column prod_test_schema.migration_runs.exact is
    'Whether the copy that it was rehearsed on had the very catalogs of the target';
comment on column prod_test_schema.migration_runs.run_lock is
    'The advisory lock that says that its process lives';

create table prod_test_schema.migration_steps (
    run_id uuid not null references prod_test_schema.migration_runs (id) on delete cascade,
    position integer not null check (position > 0),
    step text not null,
    status text not null default 'running' check (status in ('running', 'holds', 'broken', 'not verified')),
    sentence text not null default '',
    detail text[] not null default '{}',
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (run_id, position)
);

comment on table prod_test_schema.migration_steps is 'One row for each step of an operation with a migration';
comment on column prod_test_schema.migration_steps.status is
    'What the step found; running also for one that was interrupted';

create table prod_test_schema.catalog_states (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    entries jsonb not null,
    noted_at timestamptz not null default pg_catalog.now()
);

comment on table prod_test_schema.catalog_states is
    'The catalogs before and after migrations, so that what was changed since can be named';
comment on column prod_test_schema.catalog_states.sha256 is 'As migration_runs.fingerprint_before and _after';
comment on column prod_test_schema.catalog_states.entries is 'One array an object: kind, name, text';
