-- title: Indexes whose columns begin a longer index
-- level: info
-- help: If the sizes are alike, drop the shorter one: drop index concurrently {object};
--
-- A query that can use the shorter one can use the longer one, too. The shorter one is smaller, so keeping both
-- may be right; that is why this is for information. Unique indexes and those of constraints are left alone.

with indexes as (
    select
        i.indexrelid,
        i.indrelid,
        i.indnkeyatts,
        n.nspname,
        c.relname,
        i.indkey::int2[] as columns,
        i.indclass::oid[] as classes,
        i.indcollation::oid[] as collations,
        i.indoption::int2[] as options,
        coalesce(pg_get_expr(i.indpred, i.indrelid), '') as predicate,
        not (i.indisunique or i.indisreplident or i.indnatts > i.indnkeyatts) as droppable
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as c on c.oid = i.indexrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_am as m on m.oid = c.relam
    where i.indisvalid
        and m.amname = 'btree'
        and i.indexprs is null
        and n.nspname <> all (:'ignored_schemas'::name[])
        and not c.relispartition
)
select
    format('%I.%I', shorter.nspname, shorter.relname) as object,
    format('%I.%I begins with its columns (%s)', longer.nspname, longer.relname,
        pg_size_pretty(pg_relation_size(shorter.indexrelid))) as detail
from indexes as shorter
join indexes as longer
    on longer.indrelid = shorter.indrelid
    and longer.indnkeyatts > shorter.indnkeyatts
    and longer.predicate = shorter.predicate
    and longer.columns[0:shorter.indnkeyatts - 1] = shorter.columns[0:shorter.indnkeyatts - 1]
    and longer.classes[0:shorter.indnkeyatts - 1] = shorter.classes[0:shorter.indnkeyatts - 1]
    and longer.collations[0:shorter.indnkeyatts - 1] = shorter.collations[0:shorter.indnkeyatts - 1]
    and longer.options[0:shorter.indnkeyatts - 1] = shorter.options[0:shorter.indnkeyatts - 1]
where shorter.droppable;

-- breaks: (a) beside (a, b)
create table public.invoice (a int, b int);
create index on public.invoice (a);
create index on public.invoice (a, b);

-- holds: nothing begins another
create table public.invoice (a int unique, b int, c int);
create index on public.invoice (b);
create index on public.invoice (c, b);
