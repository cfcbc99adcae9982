-- How pgassay last left a database: the digest of its catalogs, by what, when.
select fingerprint_after, migration_id, operation, finished_at
from prod_test_schema.migration_runs
where database = :'database'
    and operation <> 'rehearse'
    and status in ('succeeded', 'red')
    and fingerprint_after <> ''
order by finished_at desc
limit 1
