-- title: Tables that autovacuum must not touch
-- level: warning
-- help: alter table {object} reset (autovacuum_enabled);
--
-- Somebody switched it off, most likely for a bulk load, and did not switch it on again.

select format('%I.%I', n.nspname, c.relname) as object, 'autovacuum_enabled is off' as detail
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral pg_options_to_table(c.reloptions) as o
where o.option_name = 'autovacuum_enabled'
    and not o.option_value::boolean
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: switched off for a load
create table public.event (id int) with (autovacuum_enabled = off);

-- holds: switched on again
create table public.event (id int) with (autovacuum_enabled = off);
alter table public.event set (autovacuum_enabled = true);
