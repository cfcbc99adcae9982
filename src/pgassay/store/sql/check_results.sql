-- What the checks of a run found, by name.
select check_name, level, broken, findings
from prod_test_schema.check_results
where run_id = :'run'::uuid
order by check_name
