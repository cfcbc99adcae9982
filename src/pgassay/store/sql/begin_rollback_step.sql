-- A step begins.
with here as (
    update prod_test_schema.rollback_events
    set step = :'step'
    where id = :'id'::uuid
)
insert into prod_test_schema.rollback_steps (event_id, position, step, started_at)
select :'id'::uuid, coalesce(pg_catalog.max(known.position), 0) + 1, :'step', :'at'::timestamptz
from prod_test_schema.rollback_steps as known
where known.event_id = :'id'::uuid
