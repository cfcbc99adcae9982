-- Executions that came to their end lately: of a target, or of all. Who was stopped says nothing of the database.
select
    log.test_suite,
    log.test_category,
    log.end_time,
    log.tests_failed <> 0 as failed
from prod_test_schema.prod_test_execution_log as log
where log.end_time > :'since'::timestamptz
    and log.status not in ('interrupted', 'not started')
    and (:'target'::text is null or log.environment_info ->> 'target' = :'target'::text)
order by log.end_time desc
