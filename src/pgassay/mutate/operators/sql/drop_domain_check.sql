-- section: types
-- title: a constraint of a domain dropped

select
    'pg_catalog.pg_constraint'::pg_catalog.regclass as class,
    rule.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, type.typname, rule.conname) as subject,
    pg_catalog.format('%I.%I', home.nspname, type.typname) as object,
    type.typname as name,
    pg_catalog.format('the constraint %I of domain %I.%I is gone', rule.conname, home.nspname, type.typname)
        as description,
    pg_catalog.format('alter domain %I.%I drop constraint %I', home.nspname, type.typname, rule.conname) as ddl,
    array(
        select attribute.attrelid
        from pg_catalog.pg_attribute as attribute
        join pg_catalog.pg_class as relation
            on relation.oid = attribute.attrelid
        where attribute.atttypid = type.oid
            and relation.relkind in ('r', 'p', 'f')
    ) as relations
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_type as type
    on type.oid = rule.contypid
join pg_catalog.pg_namespace as home
    on home.oid = type.typnamespace
where home.nspname = any (:'schemas'::name[])
    and rule.contype = 'c';
