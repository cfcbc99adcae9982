-- The run whose database was looked at last.
select run_id
from prod_test_schema.run_catalogs
order by noted_at desc, run_id
limit 1
