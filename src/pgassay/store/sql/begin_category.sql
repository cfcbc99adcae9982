-- A category of a run is about to start; the row is completed when its files have ended.
insert into prod_test_schema.prod_test_execution_log
    (run_id, test_suite, test_category, start_time, environment_info)
values (
    :'run_id'::uuid,
    :'test_suite',
    :'test_category',
    :'start_time'::timestamptz,
    :'environment_info'::jsonb
)
on conflict (run_id, test_category) do nothing
