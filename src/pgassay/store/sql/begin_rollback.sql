-- An operation begins, or is gone on with where it was interrupted; or it is noted in a store that does not know it.
insert into prod_test_schema.rollback_events (
    id,
    rollback_reason,
    backup_used,
    executed_at,
    details,
    operation,
    target,
    database,
    status,
    backup_id,
    undoes,
    way,
    schemas
)
values (
    :'id'::uuid,
    :'reason',
    nullif(:'location'::text, ''),
    :'started_at'::timestamptz,
    pg_catalog.jsonb_build_object('database', :'live'::text),
    :'operation',
    :'target',
    :'database',
    'running',
    :'backup'::uuid,
    :'undoes'::uuid,
    :'way',
    :'schemas'::text[]
)
on conflict (id) do update
set status = 'running', completed_at = null, succeeded = null
where :'resumed'::boolean
