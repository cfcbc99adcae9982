-- Test runs that ended long ago, with all that hangs on them. Kept are the newest of each target that came to its
-- end and the good one before it, the newest that noted what its files touch and the newest whose database was
-- looked at, those that registered rows which are still there, and those of an incident that is not settled.
with finished as (
    select
        run.id,
        run.environment ->> 'target' as target,
        pg_catalog.sum(log.tests_passed) as passed,
        pg_catalog.sum(greatest(log.tests_failed, 0)) as failed,
        pg_catalog.count(*) filter (where log.status <> 'complete') as unfinished,
        pg_catalog.row_number() over (
            partition by run.environment ->> 'target'
            order by run.started_at desc, run.id
        ) as place
    from prod_test_schema.test_runs as run
    join prod_test_schema.prod_test_execution_log as log on log.run_id = run.id
    where run.status = 'finished'
    group by run.id
),
kept as (
    select finished.id
    from finished
    where finished.place = 1
    union all
    (
        select distinct on (finished.target) finished.id
        from finished
        where finished.place > 1
            and finished.unfinished = 0
            and finished.passed >= :'at_least'::double precision / 100 * (finished.passed + finished.failed)
        order by finished.target, finished.place
    )
    union all
    (
        select run.id
        from prod_test_schema.test_runs as run
        where exists (
            select
            from prod_test_schema.test_file_results as result
            where result.run_id = run.id and result.touched_text is not null
        )
        order by run.started_at desc, run.id
        limit 1
    )
    union all
    (
        select link.run_id
        from prod_test_schema.run_catalogs as link
        order by link.noted_at desc, link.run_id
        limit 1
    )
    union all
    select coalesce(entry.run_id, log.run_id)
    from prod_test_schema.prod_test_data_registry as entry
    left join prod_test_schema.prod_test_execution_log as log on log.id = entry.test_execution_id
    where entry.cleaned_up_at is null
    union all
    select run.id
    from prod_test_schema.incident_links as link
    join prod_test_schema.production_incidents as incident on incident.id = link.incident_id
    join prod_test_schema.test_runs as run on run.id::text = link.reference
    where link.kind = 'run' and incident.status in ('OPEN', 'INVESTIGATING')
),
old as (
    select run.id
    from prod_test_schema.test_runs as run
    where run.started_at < :'before'::timestamptz
        and coalesce(run.finished_at, run.started_at) < :'before'::timestamptz
        and run.status <> 'running'
        and not exists (select from kept where kept.id = run.id)
    order by run.started_at, run.id
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.test_runs as run
    using old
    where run.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), coalesce(pg_catalog.array_agg(id), '{}')
from old
