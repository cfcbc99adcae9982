-- section: columns
-- title: NOT NULL taken from a column

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, attribute.attname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    attribute.attname as name,
    pg_catalog.format('column %I of %I.%I may be null', attribute.attname, home.nspname, relation.relname)
        as description,
    pg_catalog.format(
        'alter table %I.%I alter column %I drop not null', home.nspname, relation.relname, attribute.attname
    ) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as relation
    on relation.oid = attribute.attrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and relation.relkind in ('r', 'p')
    and attribute.attnum > 0
    and not attribute.attisdropped
    and attribute.attnotnull
    and attribute.attinhcount = 0
    and attribute.attidentity = ''
    and not exists (
        select
        from pg_catalog.pg_index as facts
        where facts.indrelid = relation.oid
            and facts.indisprimary
            and attribute.attnum = any (facts.indkey)
    );
