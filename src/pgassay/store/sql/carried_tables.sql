-- The store's tables, each behind those that its foreign keys lead to; with its key and its columns. Generated
-- columns are computed anew, and the ledger of the schema is each database's own.
with recursive member as (
    select relation.oid, space.nspname, relation.relname
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_namespace as space
        on space.oid = relation.relnamespace
    where space.nspname in ('prod_test_schema', 'performance_monitoring')
        and relation.relkind = 'r'
        and relation.relname <> 'schema_migrations'
),
depth as (
    select member.oid, 0 as level
    from member
    union
    select link.conrelid, depth.level + 1
    from depth
    join pg_catalog.pg_constraint as link
        on link.confrelid = depth.oid
        and link.contype = 'f'
        and link.conrelid <> link.confrelid
    where depth.level < 50
)
select
    member.nspname::text as schema,
    member.relname::text as name,
    array(
        select attribute.attname::text
        from pg_catalog.pg_index as index
        join pg_catalog.pg_attribute as attribute
            on attribute.attrelid = index.indrelid
            and attribute.attnum = any (index.indkey)
        where index.indrelid = member.oid
            and index.indisprimary
        order by attribute.attnum
    ) as key,
    array(
        select attribute.attname::text
        from pg_catalog.pg_attribute as attribute
        where attribute.attrelid = member.oid
            and attribute.attnum > 0
            and not attribute.attisdropped
            and attribute.attgenerated = ''
        order by attribute.attnum
    ) as columns
from member
join depth
    on depth.oid = member.oid
group by member.oid, member.nspname, member.relname
order by pg_catalog.max(depth.level), member.nspname, member.relname
