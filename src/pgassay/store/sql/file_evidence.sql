-- The evidence of one attempt at a file, if there is any.
select document, sha256
from prod_test_schema.run_evidence
where run_id = :'run_id'::uuid
    and file_position = :'file_position'::integer
