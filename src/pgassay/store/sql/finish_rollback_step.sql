-- A step ended. One that is not known here, because it began in the database that was set aside, is written anew.
with last as (
    select
        coalesce(pg_catalog.max(known.position), 0) as position,
        coalesce(
            pg_catalog.max(known.position) filter (where known.step = :'step' and known.finished_at is null), 0
        ) as begun
    from prod_test_schema.rollback_steps as known
    where known.event_id = :'id'::uuid
)
insert into prod_test_schema.rollback_steps (
    event_id, position, step, status, sentence, detail, started_at, finished_at
)
select
    :'id'::uuid,
    case when last.begun > 0 then last.begun else last.position + 1 end,
    :'step',
    :'status',
    :'sentence',
    :'detail'::text[],
    :'at'::timestamptz - :'elapsed_s'::double precision * interval '1 second',
    :'at'::timestamptz
from last
on conflict (event_id, position) do update
set
    status = excluded.status,
    sentence = excluded.sentence,
    detail = excluded.detail,
    finished_at = excluded.finished_at
