-- The latest run, or one some runs before it.
select id
from prod_test_schema.test_runs
order by started_at desc, id
offset :'back'::bigint
limit 1
