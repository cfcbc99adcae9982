-- Backups and drills that call themselves running while nobody holds their lock were killed.
with held as (
    select (classid::bigint << 32) | objid::bigint as run_lock
    from pg_catalog.pg_locks
    where locktype = 'advisory'
        and objsubid = 1
        and granted
        and database = (
            select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()
        )
),
killed as (
    update prod_test_schema.recovery_drills as drill
    set status = 'interrupted', sentence = 'It was killed ' || drill.sentence
    where drill.status = 'running'
        and not exists (select from held where held.run_lock = drill.run_lock)
)
update prod_test_schema.backups as backup
set state = 'interrupted', sentence = 'It was killed ' || backup.sentence
where backup.state = 'running'
    and not exists (select from held where held.run_lock = backup.run_lock)
