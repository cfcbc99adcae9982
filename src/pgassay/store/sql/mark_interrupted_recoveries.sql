-- Backups and drills that call themselves running while nobody holds their lock were killed. Those are told.
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
drills as (
    update prod_test_schema.recovery_drills as drill
    set status = 'interrupted', sentence = 'It was killed ' || drill.sentence
    where drill.status = 'running'
        and not exists (select from held where held.run_lock = drill.run_lock)
    returning
        case drill.kind when 'restore' then 'drill' else 'pitr' end as operation,
        drill.database,
        drill.started_at,
        drill.sentence
),
backups as (
    update prod_test_schema.backups as backup
    set state = 'interrupted', sentence = 'It was killed ' || backup.sentence
    where backup.state = 'running'
        and not exists (select from held where held.run_lock = backup.run_lock)
    returning 'backup' as operation, backup.database, backup.started_at, backup.sentence
)
select * from drills
union all
select * from backups
order by started_at
