-- Extensions in these schemas, or all, and whether each can be moved into another one at all.
select
    space.nspname::text as schema,
    extension.extname::text as name,
    extension.extrelocatable as relocatable
from pg_catalog.pg_extension as extension
join pg_catalog.pg_namespace as space
    on space.oid = extension.extnamespace
where coalesce(space.nspname = any (:'schemas'::text[]), true)
order by extension.extname
