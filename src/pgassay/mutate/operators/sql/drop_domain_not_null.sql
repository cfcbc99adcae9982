-- section: types
-- title: NOT NULL taken from a domain

select
    'pg_catalog.pg_type'::pg_catalog.regclass as class,
    type.oid,
    pg_catalog.format('%I.%I', home.nspname, type.typname) as subject,
    pg_catalog.format('%I.%I', home.nspname, type.typname) as object,
    type.typname as name,
    pg_catalog.format('the domain %I.%I may be null', home.nspname, type.typname) as description,
    pg_catalog.format('alter domain %I.%I drop not null', home.nspname, type.typname) as ddl,
    array(
        select attribute.attrelid
        from pg_catalog.pg_attribute as attribute
        join pg_catalog.pg_class as relation
            on relation.oid = attribute.attrelid
        where attribute.atttypid = type.oid
            and relation.relkind in ('r', 'p', 'f')
    ) as relations
from pg_catalog.pg_type as type
join pg_catalog.pg_namespace as home
    on home.oid = type.typnamespace
where home.nspname = any (:'schemas'::name[])
    and type.typtype = 'd'
    and type.typnotnull;
