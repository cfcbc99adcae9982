-- The store's tables, those that others refer to first, each with the columns that can be written.
with recursive tables as (
    select class.oid, namespace.nspname as schema, class.relname as name
    from pg_catalog.pg_class as class
    join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
    where namespace.nspname in ('prod_test_schema', 'performance_monitoring')
        and class.relkind = 'r'
        and class.relname <> 'schema_migrations'
),
placed (oid, depth) as (
    select tables.oid, 0
    from tables
    union
    select constraints.conrelid, placed.depth + 1
    from placed
    join pg_catalog.pg_constraint as constraints
        on constraints.confrelid = placed.oid
        and constraints.contype = 'f'
        and constraints.conrelid <> placed.oid
)
select
    tables.schema,
    tables.name,
    array(
        select attribute.attname::text
        from pg_catalog.pg_attribute as attribute
        where attribute.attrelid = tables.oid
            and attribute.attnum > 0
            and not attribute.attisdropped
            and attribute.attgenerated = ''
        order by attribute.attnum
    )
from tables
join placed on placed.oid = tables.oid
group by tables.oid, tables.schema, tables.name
order by pg_catalog.max(placed.depth), tables.schema, tables.name
