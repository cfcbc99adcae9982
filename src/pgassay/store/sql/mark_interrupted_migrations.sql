-- Operations that call themselves running while nobody holds their lock were killed.
with held as (
    select (classid::bigint << 32) | objid::bigint as run_lock
    from pg_catalog.pg_locks
    where locktype = 'advisory'
        and objsubid = 1
        and granted
        and database = (
            select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()
        )
)
update prod_test_schema.migration_runs as run
set
    status = 'interrupted',
    finished_at = greatest(
        run.started_at,
        (
            select max(coalesce(each.finished_at, each.started_at))
            from prod_test_schema.migration_steps as each
            where each.run_id = run.id
        )
    )
where run.status = 'running'
    and not exists (select from held where held.run_lock = run.run_lock)
returning run.id
