-- How rollbacks went on, step by step: what was interrupted where, and what was set aside under which name.

alter table prod_test_schema.rollback_events
    add column operation text not null default 'run' check (operation in ('run', 'undo')),
    add column target text not null default '',
    add column database text not null default '',
    add column status text check (status in ('running', 'succeeded', 'red', 'unchanged', 'interrupted')),
    add column step text not null default '',
    add column sentence text not null default '',
    add column backup_id uuid,
    add column undoes uuid,
    add column outage_s double precision check (outage_s >= 0);

comment on column prod_test_schema.rollback_events.operation is
    'run: a backup took the place of the database; undo: what was set aside took its place again';
comment on column prod_test_schema.rollback_events.database is 'Server and name of the database';
comment on column prod_test_schema.rollback_events.status is
    'succeeded and red: the database is as after it; unchanged: as before; null: somebody wrote the row by hand';
comment on column prod_test_schema.rollback_events.step is 'The step that it is at, or that was the last';
comment on column prod_test_schema.rollback_events.undoes is 'The operation that an undo took back';
comment on column prod_test_schema.rollback_events.outage_s is
    'Seconds in which nobody could get into the database';

create table prod_test_schema.rollback_steps (
    event_id uuid not null references prod_test_schema.rollback_events (id) on delete cascade,
    position integer not null check (position > 0),
    step text not null,
    status text not null default 'running' check (status in ('running', 'holds', 'broken', 'not verified')),
    sentence text not null default '',
    detail text[] not null default '{}',
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (event_id, position)
);

comment on table prod_test_schema.rollback_steps is 'One row for each step of a rollback';
comment on column prod_test_schema.rollback_steps.status is
    'What the step found; running also for one that was interrupted';
