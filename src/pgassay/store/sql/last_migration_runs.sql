-- The last operation that was meant to change the target, for each migration. An adoption changes nothing but
-- the history, so one that did not come to its end says nothing.
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
        and (run.operation <> 'adopt' or run.status = 'succeeded')
        and run.database = :'database'
    order by run.version, run.started_at desc
) as last
order by last.version
