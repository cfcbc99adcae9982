-- What some files touched when that was last recorded.
select
    wanted.path,
    latest.touched_text,
    latest.red,
    array(
        select touch.kind || ' ' || touch.object
        from prod_test_schema.test_touches as touch
        where touch.run_id = latest.run_id
            and touch.file_position = latest.position
    ) as objects
from unnest(:'paths'::text[]) as wanted (path)
cross join lateral (
    select result.run_id, result.position, result.touched_text, result.red
    from prod_test_schema.test_file_results as result
    where result.path = wanted.path
        and result.final
        and result.touched_text is not null
    order by result.started_at desc
    limit 1
) as latest
