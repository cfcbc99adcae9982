-- Its test lines.
select
    position, number, ok, description, directive, reason, unplanned, elapsed_ms, diagnostics, nested,
    place_path, place_line
from prod_test_schema.test_results
where run_id = :'run_id'::uuid
    and file_position = :'file_position'::integer
order by position
