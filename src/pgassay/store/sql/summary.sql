-- The executions of a period by category.
select
    test_category,
    count(*) as executions,
    coalesce(sum(tests_passed), 0) as passed,
    coalesce(sum(greatest(tests_failed, 0)), 0) as failed,
    count(*) filter (where tests_failed = -1 or end_time is null) as unfinished,
    (
        100.0 * sum(tests_passed) / nullif(sum(tests_passed + greatest(tests_failed, 0)), 0)
    )::double precision as success_rate,
    coalesce(avg(extract(epoch from duration)), 0)::double precision as average_s,
    min(start_time) as first_start,
    max(start_time) as last_start
from prod_test_schema.prod_test_execution_log
where start_time > :'since'::timestamptz
    and start_time <= :'until'::timestamptz
group by test_category
