-- The ended attempts of a run in their order.
select position
from prod_test_schema.test_file_results
where run_id = :'run_id'::uuid
order by position
