-- section: row security
-- title: row-level security no longer forced on the owner

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    relation.relname as name,
    pg_catalog.format('the owner of %I.%I is not bound by its policies', home.nspname, relation.relname)
        as description,
    pg_catalog.format('alter table %I.%I no force row level security', home.nspname, relation.relname) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and relation.relrowsecurity
    and relation.relforcerowsecurity;
