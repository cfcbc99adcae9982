-- The newest access check of a database that came to its end.
select id, started_at, verdict, ground, verified, not_verified, opened
from prod_test_schema.access_runs
where database = :'database'
    and verdict <> 'interrupted'
order by started_at desc
limit 1
