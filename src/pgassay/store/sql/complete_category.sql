-- The last file of a category has ended.
update prod_test_schema.prod_test_execution_log
set
    start_time = :'start_time'::timestamptz,
    end_time = :'end_time'::timestamptz,
    duration = :'end_time'::timestamptz - :'start_time'::timestamptz,
    tests_planned = :'planned'::integer,
    tests_passed = :'passed'::integer,
    tests_failed = :'failed'::integer,
    success_rate = :'success_rate'::numeric,
    performance_metrics = :'performance_metrics'::jsonb,
    status = :'status'
where run_id = :'run_id'::uuid
    and test_category = :'test_category'
