-- section: constraints
-- title: a CHECK constraint dropped

select
    'pg_catalog.pg_constraint'::pg_catalog.regclass as class,
    rule.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, rule.conname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    rule.conname as name,
    pg_catalog.format(
        'the check %I of %I.%I is gone', rule.conname, home.nspname, relation.relname
    ) as description,
    pg_catalog.format('alter table %I.%I drop constraint %I', home.nspname, relation.relname, rule.conname)
        as ddl,
    array[rule.conrelid] as relations
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as relation
    on relation.oid = rule.conrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and rule.contype = 'c'
    and rule.coninhcount = 0;
