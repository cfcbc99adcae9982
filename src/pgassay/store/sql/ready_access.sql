-- The latest access check.
select id::text, started_at, verdict, opened
from prod_test_schema.access_runs
where verdict <> 'interrupted'
    and (:'target'::text is null or target = :'target'::text)
order by started_at desc, id
limit 1
