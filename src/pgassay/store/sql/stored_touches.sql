-- What one attempt at a file touched.
select kind, object, known
from prod_test_schema.test_touches
where run_id = :'run_id'::uuid
    and file_position = :'file_position'::integer
order by kind collate "C", object collate "C"
