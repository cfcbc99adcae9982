-- A backup begins. Its location is where it will be.
insert into prod_test_schema.backups (
    id, kind, target, database, server_version, location, started_at, run_lock
)
values (
    :'id'::uuid,
    'logical',
    :'target',
    :'database',
    :'server_version',
    :'location',
    :'started_at'::timestamptz,
    :'run_lock'::bigint
)
