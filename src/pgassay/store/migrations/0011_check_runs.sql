-- What runs of checks found: the run as a whole, and a row for each check of it.

create table prod_test_schema.check_runs (
    id uuid primary key,
    started_at timestamptz not null,
    duration interval not null,
    target text not null,
    database text not null,
    server_version text not null,
    areas text[] not null,
    strict boolean not null,
    verdict text not null,
    exit_code integer not null,
    unreachable text,
    checks integer not null check (checks >= 0),
    passed integer not null check (passed >= 0),
    info integer not null check (info >= 0),
    warnings integer not null check (warnings >= 0),
    not_verified integer not null check (not_verified >= 0),
    failed integer not null check (failed >= 0),
    broken integer not null check (broken >= 0),
    waived integer not null check (waived >= 0),
    created_by text not null default current_user
);

create index check_runs_started_at_idx on prod_test_schema.check_runs (started_at desc);

create table prod_test_schema.check_results (
    run_id uuid not null references prod_test_schema.check_runs on delete cascade,
    check_name text not null,
    title text not null,
    areas text[] not null,
    level text not null check (level in ('passed', 'info', 'warning', 'not verified', 'failed')),
    broken boolean not null,
    elapsed_ms double precision not null,
    findings jsonb not null,
    waived jsonb not null,
    primary key (run_id, check_name)
);

create index check_results_check_name_idx on prod_test_schema.check_results (check_name);

comment on table prod_test_schema.check_runs is
    'Runs of checks: preflight, security, health, the areas of migrations, or checks by name';
comment on column prod_test_schema.check_runs.target is 'Where, without secrets';
comment on column prod_test_schema.check_runs.areas is 'The areas that were asked for; empty where checks were named';
comment on column prod_test_schema.check_runs.exit_code is 'How the process ended';
comment on column prod_test_schema.check_runs.unreachable is 'Why the server could not be reached; null where it was';
comment on column prod_test_schema.check_runs.broken is 'Checks that were at fault themselves';
comment on column prod_test_schema.check_runs.waived is 'Findings that the settings ignore';
comment on table prod_test_schema.check_results is 'What each check of a run found';
comment on column prod_test_schema.check_results.findings is
    'Rows of object, level, detail, remediation and metadata';
comment on column prod_test_schema.check_results.waived is
    'Findings that the settings ignore, each with its reason and its last day';
