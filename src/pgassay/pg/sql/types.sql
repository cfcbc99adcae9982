-- title: The types of the application by number
--
-- Not those of pgTAP.

select
    type.oid::bigint,
    pg_catalog.format('%I.%I', space.nspname, type.typname) as name
from pg_catalog.pg_type as type
join pg_catalog.pg_namespace as space on space.oid = type.typnamespace
where type.typtype in ('d', 'e', 'c', 'r')
    and type.oid >= 16384
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and coalesce(pg_catalog.obj_description(space.oid, 'pg_namespace') !~ '^pgTAP .* put here by pgassay$', true)
