-- How far the recording of a run has come: asked after a connection was lost during a commit.
select coalesce(max(position), 0)
from prod_test_schema.test_file_results
where run_id = :'run_id'::uuid
