-- A step begins.
with here as (
    update prod_test_schema.migration_runs
    set step = :'step'
    where id = :'run_id'::uuid
)
insert into prod_test_schema.migration_steps (run_id, position, step, started_at)
values (:'run_id'::uuid, :'position'::integer, :'step', :'started_at'::timestamptz)
