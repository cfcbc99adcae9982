-- Runs that call themselves running while nobody holds their lock were killed: say so, with what is known.
with held as (
    select (classid::bigint << 32) | objid::bigint as run_lock
    from pg_catalog.pg_locks
    where locktype = 'advisory'
        and objsubid = 1
        and granted
        and database = (
            select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()
        )
),
dead as (
    select id, started_at
    from prod_test_schema.test_runs as run
    where status = 'running'
        and not exists (select from held where held.run_lock = run.run_lock)
    for update skip locked
),
known as (
    select
        dead.id,
        category,
        min(result.started_at) as first_start,
        max(result.started_at + result.elapsed_s * interval '1 second') as last_end,
        sum(result.tests_passed) filter (where result.final) as passed,
        sum(coalesce(result.tests_planned, result.tests_passed + result.tests_failed))
            filter (where result.final) as planned
    from dead
    join prod_test_schema.test_file_results as result on result.run_id = dead.id
    group by dead.id, category
),
unfinished as (
    select log.id, known.first_start, known.last_end, known.passed, known.planned
    from dead
    join prod_test_schema.prod_test_execution_log as log on log.run_id = dead.id
    left join known on known.id = dead.id and known.category = log.test_category
    where log.status = 'running'
),
marked as (
    update prod_test_schema.prod_test_execution_log as log
    set
        start_time = coalesce(unfinished.first_start, log.start_time),
        end_time = coalesce(unfinished.last_end, log.start_time),
        duration = coalesce(unfinished.last_end - unfinished.first_start, interval '0'),
        tests_planned = coalesce(unfinished.planned, 0),
        tests_passed = coalesce(unfinished.passed, 0),
        tests_failed = -1,
        success_rate = null,
        performance_metrics = log.performance_metrics || '{"status": "interrupted"}',
        status = 'interrupted'
    from unfinished
    where unfinished.id = log.id
)
update prod_test_schema.test_runs as run
set
    status = 'interrupted',
    interrupted = true,
    finished_at = ended.at,
    elapsed_s = extract(epoch from ended.at - run.started_at)
from (
    select dead.id, greatest(max(known.last_end), dead.started_at) as at
    from dead
    left join known on known.id = dead.id
    group by dead.id, dead.started_at
) as ended
where ended.id = run.id
returning run.id
