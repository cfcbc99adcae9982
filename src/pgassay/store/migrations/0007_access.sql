-- What access checks found: who gets at which rows of which relation.

create table prod_test_schema.access_runs (
    id uuid primary key,
    started_at timestamptz not null,
    duration interval not null,
    target text not null,
    database text not null,
    server_version text not null,
    ground text not null check (ground in ('copy', 'in place', 'read-only')),
    verdict text not null check (verdict in ('same', 'differs', 'saved', 'no baseline', 'interrupted')),
    baseline text,
    relations integer not null check (relations >= 0),
    identities text[] not null,
    verified integer not null check (verified >= 0),
    not_verified integer not null check (not_verified >= 0),
    opened integer not null default 0 check (opened >= 0),
    differences jsonb,
    matrix jsonb not null,
    created_by text not null default current_user
);

create index access_runs_started_at_idx on prod_test_schema.access_runs (started_at desc);

comment on table prod_test_schema.access_runs is
    'Access checks: who gets at which rows of which relation, found out by trying';
comment on column prod_test_schema.access_runs.target is 'Where, without secrets';
comment on column prod_test_schema.access_runs.differences is
    'Cells that are not as in the baseline; null where there was none to compare with';
comment on column prod_test_schema.access_runs.matrix is
    'The reach by relation, identity and action; a relation or an action that is not named has none';
