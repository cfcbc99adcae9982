-- Schemas with a mark in their comment that says whose place they had, and how much is in each.
select
    space.nspname::text as name,
    pg_catalog.obj_description(space.oid, 'pg_namespace') as mark,
    (
        select coalesce(pg_catalog.sum(pg_catalog.pg_total_relation_size(relation.oid)), 0)::bigint
        from pg_catalog.pg_class as relation
        where relation.relnamespace = space.oid
            and relation.relkind in ('r', 'm')
    ) as size_bytes
from pg_catalog.pg_namespace as space
where pg_catalog.starts_with(pg_catalog.obj_description(space.oid, 'pg_namespace'), '{"pgassay_aside"')
order by space.nspname
