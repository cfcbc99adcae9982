-- The latest run that recorded what its files touch.
select run.id
from prod_test_schema.test_runs as run
where exists (
    select
    from prod_test_schema.test_file_results as result
    where result.run_id = run.id
        and result.touched_text is not null
)
order by run.started_at desc, run.id
limit 1
