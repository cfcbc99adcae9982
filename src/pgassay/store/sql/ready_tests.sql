-- The latest run of tests that came to its end, and how many passed in the last good one before it.
with runs as (
    select
        run.id,
        run.finished_at,
        pg_catalog.sum(log.tests_passed)::integer as passed,
        pg_catalog.sum(greatest(log.tests_failed, 0))::integer as failed,
        pg_catalog.count(*) filter (where log.status <> 'complete')::integer as unfinished,
        pg_catalog.row_number() over (order by run.started_at desc, run.id) as place
    from prod_test_schema.test_runs as run
    join prod_test_schema.prod_test_execution_log as log on log.run_id = run.id
    where run.status = 'finished'
        and (:'target'::text is null or run.environment ->> 'target' = :'target'::text)
    group by run.id
    order by run.started_at desc, run.id
    limit 50
)
select
    latest.id::text,
    latest.finished_at,
    latest.passed,
    latest.failed,
    latest.unfinished,
    array(
        select file.path
        from prod_test_schema.test_file_results as file
        where file.run_id = latest.id and file.final and file.red and file.critical
        order by file.path
    ),
    (
        select good.passed
        from runs as good
        where good.place > 1
            and good.unfinished = 0
            and good.passed >= :'at_least'::double precision / 100 * (good.passed + good.failed)
        order by good.place
        limit 1
    )
from runs as latest
where latest.place = 1
