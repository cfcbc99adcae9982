-- What test files touch, and what the database was like: to see what no test touches, and to choose tests by it.

alter table prod_test_schema.test_file_results
    add column touched_text text check (touched_text ~ '^[0-9a-f]{64}$'),
    add column calls_counted boolean not null default false;

comment on column prod_test_schema.test_file_results.touched_text is
    'The SHA-256 of the text whose touches are in test_touches; null where none were recorded';
comment on column prod_test_schema.test_file_results.calls_counted is
    'Whether the server counted calls of functions for it';

create table prod_test_schema.test_touches (
    run_id uuid not null,
    file_position integer not null,
    kind text not null check (kind in ('table', 'view', 'function', 'policy', 'trigger')),
    object text not null,
    known text not null check (known in ('measured', 'inferred', 'named')),
    primary key (run_id, file_position, kind, object),
    foreign key (run_id, file_position)
        references prod_test_schema.test_file_results (run_id, position) on delete cascade
);

comment on table prod_test_schema.test_touches is 'What each attempt at a test file touched in the database';
comment on column prod_test_schema.test_touches.object is
    'schema.table, schema.function(types), schema.table.policy or schema.table.trigger';
comment on column prod_test_schema.test_touches.known is
    'measured: the server counted it; inferred: it follows from that and the text; named: the text has the name';

create table prod_test_schema.catalog_snapshots (
    id text primary key check (id ~ '^[0-9a-f]{64}$'),
    taken_at timestamptz not null default pg_catalog.now()
);

comment on table prod_test_schema.catalog_snapshots is
    'The objects of a database at one moment; two that are the same are one row';

create table prod_test_schema.catalog_objects (
    snapshot_id text not null references prod_test_schema.catalog_snapshots (id) on delete cascade,
    kind text not null,
    name text not null,
    digest text not null,
    uses text[] not null,
    primary key (snapshot_id, kind, name)
);

comment on table prod_test_schema.catalog_objects is 'The objects of a snapshot';
comment on column prod_test_schema.catalog_objects.digest is 'A hash over its definition';
comment on column prod_test_schema.catalog_objects.uses is
    'What its definition uses, each as its kind, a space and its name';

create table prod_test_schema.run_catalogs (
    run_id uuid primary key,
    snapshot_id text not null references prod_test_schema.catalog_snapshots (id) on delete cascade,
    noted_at timestamptz not null default pg_catalog.clock_timestamp()
);

create index run_catalogs_snapshot_idx on prod_test_schema.run_catalogs (snapshot_id);

comment on table prod_test_schema.run_catalogs is 'What the database was like when a run began';
comment on column prod_test_schema.run_catalogs.run_id is 'The run, which may not be recorded itself yet';
