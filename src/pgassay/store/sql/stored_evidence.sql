-- The evidence of a run, in the order of its chain.
select number, document, sha256
from prod_test_schema.run_evidence
where run_id = :'run_id'::uuid
order by number
