-- section: columns
-- title: a generated column that is no longer computed

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, attribute.attname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    attribute.attname as name,
    pg_catalog.format('column %I of %I.%I is no longer computed', attribute.attname, home.nspname, relation.relname)
        as description,
    pg_catalog.format(
        'alter table %I.%I alter column %I drop expression', home.nspname, relation.relname, attribute.attname
    ) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as relation
    on relation.oid = attribute.attrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and attribute.attgenerated = 's'
    and attribute.attinhcount = 0
    and not attribute.attisdropped;
