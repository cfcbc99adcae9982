-- Every schema but these.
select space.nspname::text as name
from pg_catalog.pg_namespace as space
where space.nspname <> all (:'schemas'::text[])
