-- The types of columns, as the server prints them.
select
    space.nspname::text,
    relation.relname::text,
    attribute.attname::text,
    pg_catalog.format_type(attribute.atttypid, attribute.atttypmod)
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as relation
    on relation.oid = attribute.attrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind in ('r', 'p')
    and attribute.attnum > 0
    and not attribute.attisdropped
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
