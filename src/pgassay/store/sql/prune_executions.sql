-- Executions that were noted long ago by other means than a run, unless rows that they registered are still there.
with old as (
    select log.id
    from prod_test_schema.prod_test_execution_log as log
    where log.run_id is null
        and coalesce(log.end_time, log.start_time) < :'before'::timestamptz
        and not exists (
            select
            from prod_test_schema.prod_test_data_registry as entry
            where entry.test_execution_id = log.id and entry.cleaned_up_at is null
        )
    limit :'most'::bigint
),
gone as (
    delete from prod_test_schema.prod_test_execution_log as log
    using old
    where log.id = old.id and not :'dry'::boolean
)
select pg_catalog.count(*), '{}'::uuid[]
from old
