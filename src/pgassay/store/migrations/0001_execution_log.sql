-- The execution log: who tested what, when, and with which result; and what a run can be rebuilt from.

-- CREATE SCHEMA IF NOT EXISTS asks for the right to create one even where it is there already, so a schema
-- that an administrator prepared for a role without that right needs the question asked first.
do $$
begin
    if not exists (select from pg_catalog.pg_namespace where nspname = 'prod_test_schema') then
        create schema prod_test_schema;
        comment on schema prod_test_schema is 'Execution log, incidents and settings of pgassay';
    end if;
end
$$;

create table prod_test_schema.schema_migrations (
    version integer primary key check (version > 0),
    name text not null,
    applied_at timestamptz not null default pg_catalog.now(),
    applied_by text not null default current_user
);

comment on table prod_test_schema.schema_migrations is 'The migrations of this schema that were applied';

create table prod_test_schema.settings (
    name text primary key,
    value jsonb not null,
    updated_at timestamptz not null default pg_catalog.now(),
    updated_by text not null default current_user
);

comment on table prod_test_schema.settings is
    'The configuration of pgassay as far as the functions of this schema need it';

create table prod_test_schema.test_runs (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    name text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    elapsed_s double precision,
    status text not null default 'running' check (status in ('running', 'finished', 'interrupted')),
    interrupted boolean not null default false,
    out_of_time boolean not null default false,
    bail_out text,
    warnings jsonb not null default '[]',
    environment jsonb not null,
    options jsonb not null,
    files jsonb not null,
    run_lock bigint,
    created_by text not null default current_user,
    check ((status = 'running') = (finished_at is null))
);

create index test_runs_started_at_idx on prod_test_schema.test_runs (started_at desc, id);
create index test_runs_running_idx on prod_test_schema.test_runs (id) where status = 'running';

comment on table prod_test_schema.test_runs is 'One run of pgassay test, over all of its categories';
comment on column prod_test_schema.test_runs.status is
    'running; finished: it came to its end, whatever the result; interrupted: its process vanished';
comment on column prod_test_schema.test_runs.interrupted is 'Stopped by Ctrl-C or SIGTERM, or its process vanished';
comment on column prod_test_schema.test_runs.out_of_time is 'The time given to the whole run was used up';
comment on column prod_test_schema.test_runs.bail_out is 'The reason of a "Bail out!" line';
comment on column prod_test_schema.test_runs.warnings is 'What the user was warned of, about the run as a whole';
comment on column prod_test_schema.test_runs.environment is 'Where it took place; passwords are left out';
comment on column prod_test_schema.test_runs.options is 'The settings that shaped it';
comment on column prod_test_schema.test_runs.files is 'The files that were chosen, in their order';
comment on column prod_test_schema.test_runs.run_lock is
    'The advisory lock that the run holds while it lives; a running run whose lock is free is dead';

create table prod_test_schema.prod_test_execution_log (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    test_suite text not null,
    test_category text not null,
    start_time timestamptz not null default pg_catalog.now(),
    end_time timestamptz,
    duration interval,
    tests_planned integer not null default 0 check (tests_planned >= 0),
    tests_passed integer not null default 0 check (tests_passed >= 0),
    tests_failed integer not null default 0 check (tests_failed >= -1),
    success_rate numeric(5,2) check (success_rate between 0 and 100),
    performance_metrics jsonb not null default '{}',
    environment_info jsonb not null default '{}',
    created_by text not null default current_user,
    run_id uuid references prod_test_schema.test_runs (id) on delete cascade,
    status text not null default 'running' check (
        status in ('running', 'complete', 'cut short', 'timed out', 'not started', 'interrupted')
    ),
    check (end_time >= start_time),
    unique (run_id, test_category)
);

create index prod_test_execution_log_start_time_idx
    on prod_test_schema.prod_test_execution_log (start_time desc, test_category);

comment on table prod_test_schema.prod_test_execution_log is 'One row for each category of each run';
comment on column prod_test_schema.prod_test_execution_log.test_suite is 'The name of the run';
comment on column prod_test_schema.prod_test_execution_log.start_time is
    'When its first file started; until then, when the run did';
comment on column prod_test_schema.prod_test_execution_log.end_time is
    'When its last file ended; null while it runs';
comment on column prod_test_schema.prod_test_execution_log.tests_planned is
    'Tests that the files announced or, without a plan, ran';
comment on column prod_test_schema.prod_test_execution_log.tests_failed is
    'Failed and missing tests, at least one for each red file; -1: timed out, not started or interrupted';
comment on column prod_test_schema.prod_test_execution_log.success_rate is
    'Percent of the tests that passed; null where nothing can be said';
comment on column prod_test_schema.prod_test_execution_log.performance_metrics is
    'Outcomes and durations of its files, the slowest files, and the times of single tests';
comment on column prod_test_schema.prod_test_execution_log.environment_info is
    'Where it took place, without passwords';
comment on column prod_test_schema.prod_test_execution_log.run_id is 'The run, with all that it printed';
comment on column prod_test_schema.prod_test_execution_log.status is
    'complete: each file ran; cut short: some files did not, because an earlier one stopped the run';

create table prod_test_schema.test_file_results (
    run_id uuid not null references prod_test_schema.test_runs (id) on delete cascade,
    position integer not null check (position > 0),
    path text not null,
    category text not null,
    outcome text not null check (
        outcome in ('passed', 'skipped', 'flaky', 'failed', 'timed out', 'not run')
    ),
    red boolean not null generated always as (outcome in ('failed', 'timed out', 'not run')) stored,
    final boolean not null,
    attempt integer not null,
    taken_up_at timestamptz,
    started_at timestamptz not null,
    elapsed_s double precision not null,
    worker integer not null,
    engine text not null,
    tests_planned integer,
    tests_passed integer not null,
    tests_failed integer not null,
    skip_reason text not null,
    problems jsonb not null,
    warnings jsonb not null,
    notices text[] not null,
    output text[] not null,
    critical boolean not null,
    timeout_s double precision,
    isolation text,
    tags text[] not null,
    expected_s double precision,
    primary key (run_id, position)
);

create index test_file_results_path_idx
    on prod_test_schema.test_file_results (path, started_at desc) where final;

comment on table prod_test_schema.test_file_results is 'One row for each attempt at each test file';
comment on column prod_test_schema.test_file_results.position is
    'The order in which the attempts of the run ended';
comment on column prod_test_schema.test_file_results.final is 'False for an attempt after which the file was tried again';
comment on column prod_test_schema.test_file_results.taken_up_at is
    'When a worker took it up; null for a file that never started';
comment on column prod_test_schema.test_file_results.problems is 'What makes the file red';
comment on column prod_test_schema.test_file_results.warnings is 'What deserves a second look';
comment on column prod_test_schema.test_file_results.notices is 'What the server said besides results';
comment on column prod_test_schema.test_file_results.output is 'The TAP stream as it was printed, line by line';

create table prod_test_schema.test_results (
    run_id uuid not null,
    file_position integer not null,
    position integer not null,
    number integer,
    ok boolean not null,
    description text not null,
    directive text not null check (directive in ('', 'TODO', 'SKIP')),
    reason text not null,
    passed boolean not null generated always as (not unplanned and (ok or directive = 'TODO')) stored,
    unplanned boolean not null,
    elapsed_ms double precision,
    diagnostics text[] not null,
    nested text[] not null,
    place_path text,
    place_line integer,
    primary key (run_id, file_position, position)
);

comment on table prod_test_schema.test_results is 'One row for each test line of each attempt at a file';
comment on column prod_test_schema.test_results.file_position is 'The attempt, as in test_file_results.position';
comment on column prod_test_schema.test_results.number is 'The number that the line claimed';
comment on column prod_test_schema.test_results.ok is 'The word at the start of the line';
comment on column prod_test_schema.test_results.passed is
    'Whether it counts as passed: a TODO always does, a test beyond the plan never does';
comment on column prod_test_schema.test_results.elapsed_ms is 'The time until the server answered';
comment on column prod_test_schema.test_results.nested is 'The lines of the subtest that this line closes';

-- A foreign key would ask once for each test line whether its file is there, which is more than half of the
-- cost of recording it; both are written in one transaction. So only its other half is here: the lines go
-- with their file.
create function prod_test_schema.forget_test_results() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    delete from prod_test_schema.test_results
    where run_id = old.run_id
        and file_position = old.position;
    return null;
end
$$;

comment on function prod_test_schema.forget_test_results() is 'Deletes the test lines of a deleted file result';

create trigger forget_test_results
    after delete on prod_test_schema.test_file_results
    for each row execute function prod_test_schema.forget_test_results();
