-- Operations on a database, the newest first.
select
    event.id,
    event.operation,
    coalesce(event.status, 'recorded by hand'),
    event.step,
    event.rollback_reason,
    event.sentence,
    coalesce(event.backup_used, ''),
    coalesce(event.emergency_backup_location, ''),
    event.executed_at,
    event.completed_at,
    event.outage_s,
    event.way,
    event.schemas
from prod_test_schema.rollback_events as event
where event.database in (:'database', '')
order by event.executed_at desc, event.id
limit :'most'::bigint
