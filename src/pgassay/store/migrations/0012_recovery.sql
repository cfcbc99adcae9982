-- Backups and what is known of each; drills, what they proved, and how long it took.

create table prod_test_schema.backups (
    id uuid primary key,
    kind text not null check (kind in ('logical', 'physical')),
    target text not null,
    database text not null,
    server_version text not null,
    location text not null,
    started_at timestamptz not null,
    finished_at timestamptz check (finished_at >= started_at),
    state text not null default 'running' check (
        state in ('running', 'created', 'validated', 'tested', 'failed', 'interrupted', 'gone')
    ),
    tested_at timestamptz,
    size_bytes bigint check (size_bytes >= 0),
    tables integer check (tables >= 0),
    rows bigint check (rows >= 0),
    manifest_sha256 text check (manifest_sha256 ~ '^[0-9a-f]{64}$'),
    sentence text not null default '',
    run_lock bigint,
    created_by text not null default current_user,
    check ((state = 'tested') <= (tested_at is not null))
);

create index backups_started_at_idx on prod_test_schema.backups (started_at desc);
create index backups_tested_idx on prod_test_schema.backups (database, started_at desc) where state = 'tested';

comment on table prod_test_schema.backups is 'Backups that pgassay made, and how far each was proven';
comment on column prod_test_schema.backups.state is
    'created: it is there; validated: its files are whole; tested: it was restored, and is what was saved';
comment on column prod_test_schema.backups.manifest_sha256 is 'Of the manifest beside the archive';

create table prod_test_schema.recovery_drills (
    id uuid primary key,
    kind text not null check (kind in ('restore', 'point-in-time')),
    backup_id uuid references prod_test_schema.backups (id) on delete set null,
    target text not null,
    database text not null,
    place text not null default '',
    started_at timestamptz not null,
    finished_at timestamptz check (finished_at >= started_at),
    status text not null default 'running' check (
        status in ('running', 'passed', 'failed', 'not verified', 'interrupted')
    ),
    rto_s double precision check (rto_s >= 0),
    rpo_s double precision check (rpo_s >= 0),
    rto_objective_s double precision,
    rpo_objective_s double precision,
    phases jsonb not null default '[]',
    steps jsonb not null default '[]',
    sentence text not null default '',
    run_lock bigint,
    created_by text not null default current_user
);

create index recovery_drills_started_at_idx on prod_test_schema.recovery_drills (started_at desc);
create index recovery_drills_backup_idx on prod_test_schema.recovery_drills (backup_id);

comment on table prod_test_schema.recovery_drills is 'Rehearsals of the worst case, and what they proved';
comment on column prod_test_schema.recovery_drills.rto_s is
    'Seconds until the copy could be written to and was verified; null: not measured';
comment on column prod_test_schema.recovery_drills.rpo_s is
    'Seconds of committed work that would be lost; null: not measured';
comment on column prod_test_schema.recovery_drills.phases is 'Name and seconds of each part of the recovery time';
comment on column prod_test_schema.recovery_drills.steps is 'Name, standing and sentence of each thing that was proven';
