-- title: Schemas that pgassay made for pgTAP, as it noted on them.
select space.nspname
from pg_catalog.pg_namespace as space
where pg_catalog.obj_description(space.oid, 'pg_namespace') ~ '^pgTAP [0-9.]+, put here by pgassay$'
