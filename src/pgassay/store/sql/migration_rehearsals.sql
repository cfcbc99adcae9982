-- When each content was last rehearsed with success.
select up_sha256, coalesce(down_sha256, ''), max(finished_at)
from prod_test_schema.migration_runs
where operation = 'rehearse'
    and status = 'succeeded'
group by up_sha256, down_sha256
