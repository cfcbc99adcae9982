-- The newest run of the checks of an area on a database that came to its end (exit code 130: interrupted).
select id, started_at, verdict, exit_code, checks, passed + info, warnings, not_verified, failed, broken
from prod_test_schema.check_runs
where
    database = :'database'
    and areas @> array[:'area'::text]
    and exit_code <> 130
order by started_at desc
limit 1
