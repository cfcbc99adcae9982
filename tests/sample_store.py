"""What a store may have: something of every kind, as old as a test wants it."""

from uuid import UUID, uuid4

from pgassay.pg.connection import Connection, sql

_AGE = """
do $$
declare
    found record;
begin
    for found in
        select
            attrelid::regclass as home,
            string_agg(format('%%1$I = %%1$I - interval ''%(days)s days''', attname), ', ') as changes
        from pg_attribute
        join pg_class on pg_class.oid = attrelid
        where relnamespace::regnamespace::text in ('prod_test_schema', 'performance_monitoring')
            and relkind = 'r'
            and atttypid = 'timestamptz'::regtype
            and attnum > 0
            and attgenerated = ''
        group by attrelid
    loop
        execute format('update %%s set %%s', found.home, found.changes);
    end loop;
end $$
"""
_RUNS = """
with made as (
    insert into prod_test_schema.test_runs
        (name, started_at, finished_at, elapsed_s, status, environment, options, files)
    select 'made up', now() - n * interval '1 second', now(), 1, 'finished',
        jsonb_build_object('target', %(target)s::text), '{}', '[]'
    from generate_series(1, %(count)s) as n
    returning id
),
logged as (
    insert into prod_test_schema.prod_test_execution_log
        (run_id, test_suite, test_category, end_time, tests_planned, tests_passed, success_rate, status)
    select id, 'made up', 'unit', now(), 2, 2, 100, 'complete' from made
),
filed as (
    insert into prod_test_schema.test_file_results
        (run_id, position, path, category, outcome, final, attempt, started_at, elapsed_s, worker, engine,
         tests_passed, tests_failed, skip_reason, problems, warnings, notices, output, critical, tags,
         touched_text)
    select id, 1, 'unit/a.sql', 'unit', 'passed', true, 1, now(), 1, 1, 'native', 2, 0, '', '[]', '[]',
        '{}', '{}', false, '{}', repeat('a', 64)
    from made
),
lines as (
    insert into prod_test_schema.test_results
        (run_id, file_position, position, ok, description, directive, reason, unplanned, diagnostics, nested)
    select id, 1, line, true, 'it holds', '', '', false, '{}', '{}' from made, generate_series(1, 2) as line
),
evidence as (
    insert into prod_test_schema.run_evidence (run_id, number, document, sha256)
    select id, 1, '{}', repeat('a', 64) from made
),
measured as (
    insert into performance_monitoring.test_performance_metrics
        (test_category, test_name, execution_time_ms, run_id)
    select 'unit', 'unit/a.sql', 1, id from made
)
select id from made order by 1
"""
_TOUCHED = """
insert into prod_test_schema.test_touches (run_id, file_position, kind, object, known)
values (%s, 1, 'table', 'public.a', 'named')
"""
_CATALOG = """
with snapshot as (
    insert into prod_test_schema.catalog_snapshots (id) values (%(snapshot)s) on conflict do nothing
),
object as (
    insert into prod_test_schema.catalog_objects (snapshot_id, kind, name, digest, uses)
    values (%(snapshot)s, 'table', 'public.a', 'd', '{}')
    on conflict do nothing
)
insert into prod_test_schema.run_catalogs (run_id, snapshot_id, noted_at)
values (%(run)s, %(snapshot)s, now())
"""
_OTHERS = """
with checked as (
    insert into prod_test_schema.check_runs
        (id, started_at, duration, target, database, server_version, areas, strict, verdict, exit_code,
         checks, passed, info, warnings, not_verified, failed, broken, waived)
    values
        (gen_random_uuid(), now(), '1s', %(target)s, 'a', '18', '{health,security}', false, 'HEALTHY', 0,
         1, 1, 0, 0, 0, 0, 0, 0)
    returning id
),
answers as (
    insert into prod_test_schema.check_results
        (run_id, check_name, title, areas, level, broken, elapsed_ms, findings, waived)
    select id, 'connectivity', 'c', '{health}', 'passed', false, 1, '[]', '[]' from checked
),
accessed as (
    insert into prod_test_schema.access_runs
        (id, started_at, duration, target, database, server_version, ground, verdict, relations, identities,
         verified, not_verified, matrix)
    values (gen_random_uuid(), now(), '1s', %(target)s, 'a', '18', 'copy', 'same', 1, '{}', 1, 0, '[]')
),
drilled as (
    insert into prod_test_schema.recovery_drills (id, kind, target, database, started_at, status, rto_s)
    values (gen_random_uuid(), 'restore', %(target)s, 'a', now(), 'passed', 1)
),
rehearsed as (
    insert into prod_test_schema.migration_runs
        (id, operation, migration_id, version, name, up_path, up_sha256, target, database, started_at,
         finished_at, status, fingerprint_before, fingerprint_after, run_lock)
    values
        (gen_random_uuid(), 'rehearse', 'm1', '1', 'm', 'm.sql', repeat('b', 64), %(target)s, 'a', now(),
         now(), 'succeeded', %(before)s, repeat('d', 64), 1)
),
states as (
    insert into prod_test_schema.catalog_states (sha256, entries)
    select sha256, '[]'
    from (values (%(before)s), (repeat('d', 64))) as known (sha256)
    on conflict do nothing
),
benchmark as (
    insert into performance_monitoring.performance_runs
        (id, started_at, target, server, red, judged, judgements)
    values (gen_random_uuid(), now(), %(target)s, '18', false, 1, '[1]')
    returning id
),
metric as (
    insert into performance_monitoring.test_performance_metrics
        (test_category, test_name, execution_time_ms, run_id)
    select 'crm', 'find', 1, id from benchmark
),
unbound as (
    insert into performance_monitoring.test_performance_metrics (test_category, test_name, execution_time_ms)
    values ('crm', 'by hand', 1)
),
noted as (
    insert into prod_test_schema.prod_test_execution_log (test_suite, test_category, end_time)
    values ('by hand', 'unit', now())
)
insert into performance_monitoring.database_sizes (database, hour, size_bytes)
values (%(target)s, now(), 1)
"""


def age(store: Connection, days: int) -> None:
    """Make everything in a store older."""
    store.execute((_AGE % {"days": days}).encode())


def add_runs(store: Connection, count: int = 1, *, target: str = "t") -> list[UUID]:
    """Add test runs that have just ended, each with a file, two lines, evidence and a measurement."""
    return [identity for (identity,) in store.execute(_RUNS, {"count": count, "target": target})]


def add_everything(store: Connection, *, target: str = "t", snapshot: str = "e", before: str = "c") -> UUID:
    """Add something of every kind that a run leaves, as of this moment; give the id of the test run.

    ``snapshot`` and ``before`` are a digit of the digests of what the database is like.
    """
    (run,) = add_runs(store, target=target)
    store.execute(_TOUCHED, [run])
    store.execute(_CATALOG, {"run": run, "snapshot": snapshot * 64})
    store.execute(_OTHERS, {"target": target, "before": before * 64})
    return run


def add_registered(store: Connection, run: UUID, *, cleaned_up: bool) -> None:
    """Add a row that a run registered."""
    store.execute(
        "insert into prod_test_schema.prod_test_data_registry"
        " (test_name, entity_type, entity_id, run_id, cleaned_up_at)"
        " values ('t', 'public.a', %s, %s, case when %s then now() end)",
        [uuid4(), run, cleaned_up],
    )


def row_counts(store: Connection) -> dict[str, int]:
    """Count the rows of every table of a store."""
    tables = store.execute(
        "select nspname, relname from pg_class join pg_namespace as n on n.oid = relnamespace"
        " where nspname in ('prod_test_schema', 'performance_monitoring') and relkind = 'r' order by 2"
    ).fetchall()
    counted = {}
    for schema, name in tables:
        query = sql.SQL("select count(*) from {}").format(sql.Identifier(schema, name))
        ((counted[name],),) = store.execute(query).fetchall()
    return counted
