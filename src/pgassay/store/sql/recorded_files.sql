-- How many files a run ran, of how many it recorded what they touch, and whether calls were counted for these.
select
    count(distinct path) filter (where outcome <> 'not run')::integer as ran,
    count(distinct path) filter (where touched_text is not null)::integer as files,
    coalesce(bool_and(calls_counted) filter (where touched_text is not null), false) as calls_counted
from prod_test_schema.test_file_results
where run_id = :'run_id'::uuid
