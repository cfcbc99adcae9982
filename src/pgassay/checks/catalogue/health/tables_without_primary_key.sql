-- title: Tables without a primary key
-- level: info
-- help: alter table {object} add primary key (…); or, if a unique index serves: alter table {object} replica
--   identity using index …;
--
-- Nothing keeps the same row from being there twice, and logical replication refuses UPDATE and DELETE on such a
-- table once it is published. Partitions are spoken for by their parent.

select
    format('%I.%I', n.nspname, c.relname) as object,
    case c.relreplident
        when 'n' then 'no primary key, and no identity for replication'
        when 'd' then 'no primary key'
        else 'no primary key, but an identity for replication'
    end as detail
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
    and not c.relispartition
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (select from pg_catalog.pg_index as i where i.indrelid = c.oid and i.indisprimary)
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    );

-- breaks: none
create table public.event (id int);

-- holds: one, on the partitioned whole
create table public.event (id int primary key) partition by range (id);
create table public.event_1 partition of public.event for values from (1) to (10);
