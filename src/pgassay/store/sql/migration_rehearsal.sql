-- The newest green rehearsal of this content.
select finished_at, up_sha256, coalesce(down_sha256, ''), fingerprint_before, changes::text, exact, irreversible_reason
from prod_test_schema.migration_runs
where operation = 'rehearse'
    and status = 'succeeded'
    and up_sha256 = :'up_sha256'
    and down_sha256 is not distinct from :'down_sha256'
order by (fingerprint_before = :'fingerprint') desc, finished_at desc
limit 1
