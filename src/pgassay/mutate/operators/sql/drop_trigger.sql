-- section: triggers
-- title: a trigger on a view dropped
--
-- Those of views cannot be switched off.

select
    'pg_catalog.pg_trigger'::pg_catalog.regclass as class,
    trigger.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, trigger.tgname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    trigger.tgname as name,
    pg_catalog.format('trigger %I of %I.%I is gone', trigger.tgname, home.nspname, relation.relname)
        as description,
    pg_catalog.format('drop trigger %I on %I.%I', trigger.tgname, home.nspname, relation.relname) as ddl,
    array[trigger.tgrelid] as relations
from pg_catalog.pg_trigger as trigger
join pg_catalog.pg_class as relation
    on relation.oid = trigger.tgrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and not trigger.tgisinternal
    and relation.relkind = 'v';
