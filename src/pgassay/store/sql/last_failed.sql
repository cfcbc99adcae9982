-- The files that were red when they last ran. The recursion steps from path to path through the index, so
-- the cost follows the number of files and not the length of the history.
with recursive latest as (
    (
        select path, red
        from prod_test_schema.test_file_results
        where final
        order by path, started_at desc
        limit 1
    )
    union all
    select following.path, following.red
    from latest
    cross join lateral (
        select path, red
        from prod_test_schema.test_file_results as result
        where final
            and result.path > latest.path
        order by path, started_at desc
        limit 1
    ) as following
)
select path
from latest
where red
