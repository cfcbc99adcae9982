-- The last outcome of each file, and how long it takes: the median of its last five complete runs, or
-- the time of the latest attempt where none was complete.
with wanted as (
    select distinct path
    from unnest(:'paths'::text[]) as path
)
select
    wanted.path,
    coalesce(complete.median_s, latest.elapsed_s) as expected_s,
    latest.outcome,
    latest.started_at
from wanted
cross join lateral (
    select elapsed_s, outcome, started_at
    from prod_test_schema.test_file_results as result
    where result.path = wanted.path
        and final
    order by started_at desc
    limit 1
) as latest
cross join lateral (
    select percentile_cont(0.5) within group (order by recent.elapsed_s) as median_s
    from (
        select elapsed_s
        from prod_test_schema.test_file_results as result
        where result.path = wanted.path
            and final
            and outcome not in ('timed out', 'not run')
        order by started_at desc
        limit 5
    ) as recent
) as complete
order by wanted.path
