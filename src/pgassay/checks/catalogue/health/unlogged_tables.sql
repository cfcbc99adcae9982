-- title: Tables that a crash empties
-- level: info
-- help: If its rows matter: alter table {object} set logged; (rewrites it)
--
-- An unlogged table is empty after a crash, and on every standby.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format('unlogged, %s', pg_size_pretty(pg_relation_size(c.oid))) as detail
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relpersistence = 'u'
    and c.relkind in ('r', 'p')
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: an unlogged table
create unlogged table public.scratch (id int);

-- holds: logged ones
create table public.scratch (id int);
