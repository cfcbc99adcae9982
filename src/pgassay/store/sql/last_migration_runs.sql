-- The last operation that was meant to change the target, for each migration; and when it was last rehearsed.
select
    last.version,
    last.name,
    last.operation,
    last.status,
    last.step,
    last.sentence,
    last.started_at,
    last.finished_at,
    last.migration_id,
    last.up_sha256
from (
    select distinct on (run.version) run.*
    from prod_test_schema.migration_runs as run
    where run.operation <> 'rehearse'
        and run.database = :'database'
    order by run.version, run.started_at desc
) as last
order by last.version
