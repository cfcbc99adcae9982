-- What the catalogs were.
select entries::text
from prod_test_schema.catalog_states
where sha256 = :'sha256'
