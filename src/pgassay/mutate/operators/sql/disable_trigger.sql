-- section: triggers
-- title: a trigger switched off
--
-- It is disabled, not dropped: a test that only asks whether it exists does not notice.

select
    'pg_catalog.pg_trigger'::pg_catalog.regclass as class,
    trigger.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, trigger.tgname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    trigger.tgname as name,
    pg_catalog.format('trigger %I of %I.%I does not fire', trigger.tgname, home.nspname, relation.relname)
        as description,
    pg_catalog.format('alter table %I.%I disable trigger %I', home.nspname, relation.relname, trigger.tgname)
        as ddl,
    array[trigger.tgrelid] as relations
from pg_catalog.pg_trigger as trigger
join pg_catalog.pg_class as relation
    on relation.oid = trigger.tgrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and not trigger.tgisinternal
    and trigger.tgparentid = 0
    and trigger.tgenabled <> 'D'
    and relation.relkind in ('r', 'p', 'f');
