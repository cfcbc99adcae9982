-- A step ended. One that was never begun is written as a whole.
insert into prod_test_schema.migration_steps (
    run_id, position, step, status, sentence, detail, started_at, finished_at
)
values (
    :'run_id'::uuid,
    :'position'::integer,
    :'step',
    :'status',
    :'sentence',
    :'detail'::text[],
    :'finished_at'::timestamptz,
    :'finished_at'::timestamptz
)
on conflict (run_id, position) do update
set
    status = excluded.status,
    sentence = excluded.sentence,
    detail = excluded.detail,
    finished_at = excluded.finished_at
