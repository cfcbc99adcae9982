-- For each table that holds rows, a query that counts and hashes them: as a whole, and column by column. Sums of
-- hashes do not depend on the order of rows, and a row's own text keeps what belongs together.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.array_agg(attribute.attname::text order by attribute.attname) as columns,
    pg_catalog.format(
        'select count(*), coalesce(sum(pg_catalog.hashtextextended(row(%s)::text, 0)), 0)::text, %s'
        ' from only %I.%I as content',
        pg_catalog.string_agg(pg_catalog.format('content.%I', attribute.attname), ', ' order by attribute.attname),
        pg_catalog.format(
            'array[%s]',
            pg_catalog.string_agg(
                pg_catalog.format(
                    'coalesce(sum(pg_catalog.hashtextextended(content.%I::text, 0)), 0)::text',
                    attribute.attname
                ),
                ', '
                order by attribute.attname
            )
        ),
        space.nspname,
        relation.relname
    ) as query
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = relation.oid
where relation.relkind = 'r'
    and attribute.attnum > 0
    and not attribute.attisdropped
    and attribute.attgenerated = ''
    and space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
group by space.nspname, relation.relname
order by name
