-- The end of a run's evidence, if it has one.
select document, sha256
from prod_test_schema.run_evidence
where run_id = :'run_id'::uuid
    and file_position is null
