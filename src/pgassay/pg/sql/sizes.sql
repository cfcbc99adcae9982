-- title: How large a database is, and its largest tables, each with its indexes and what is stored beside it
--
-- The tables are measured by the pages that the server counted last: that waits for no lock, and reads no file.

with part as (
    select relation.oid as table_oid, relation.relpages as pages
    from pg_catalog.pg_class as relation
    where relation.relkind in ('r', 'm')
    union all
    select relation.oid, beside.relpages
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_class as beside on beside.oid = relation.reltoastrelid
    where relation.relkind in ('r', 'm')
    union all
    select entry.indrelid, class.relpages
    from pg_catalog.pg_index as entry
    join pg_catalog.pg_class as class on class.oid = entry.indexrelid
),
largest as (
    select
        pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
        pg_catalog.sum(part.pages)::bigint * pg_catalog.current_setting('block_size')::bigint as size_bytes
    from part
    join pg_catalog.pg_class as relation on relation.oid = part.table_oid
    join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
    where relation.relkind in ('r', 'm')
    group by space.nspname, relation.relname
    having pg_catalog.sum(part.pages) > 0
    order by 2 desc, 1
    limit 20
)
select
    pg_catalog.pg_database_size(pg_catalog.current_database())::text,
    coalesce(
        (
            select pg_catalog.jsonb_agg(
                pg_catalog.jsonb_build_object('name', name, 'size_bytes', size_bytes)
                order by size_bytes desc, name
            )
            from largest
        ),
        '[]'
    )::text
