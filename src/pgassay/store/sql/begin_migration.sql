-- An operation with a migration begins.
insert into prod_test_schema.migration_runs (
    id,
    operation,
    migration_id,
    version,
    name,
    up_path,
    up_sha256,
    down_path,
    down_sha256,
    target,
    database,
    place,
    irreversible_reason,
    unrehearsed_reason,
    started_at,
    run_lock
)
values (
    :'id'::uuid,
    :'operation',
    :'migration_id',
    :'version',
    :'name',
    :'up_path',
    :'up_sha256',
    :'down_path',
    :'down_sha256',
    :'target',
    :'database',
    :'place',
    :'irreversible',
    :'unrehearsed',
    :'started_at'::timestamptz,
    :'run_lock'::bigint
)
