-- title: Indexes that are mostly empty space
-- level: warning
-- parameter: least_mb = 100 (number) wasted space below which an index is left alone, in MB
-- parameter: least_percent = 50 (number) wasted share below which an index is left alone
-- help: reindex index concurrently {object};
--
-- An estimate for B-trees, from the planner's statistics: entries × (header, pointer, mean width of the keys)
-- against the pages that there are. Both limits must be exceeded. Keys that repeat are stored once, which
-- hides empty space rather than inventing any. An index over a column without statistics is not judged.

with keys as (
    select
        i.indexrelid,
        count(*) as columns,
        count(s.attname) as known,
        sum((1 - s.null_frac) * s.avg_width) as width
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as c on c.oid = i.indexrelid
    join pg_catalog.pg_class as t on t.oid = i.indrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_am as m on m.oid = c.relam
    cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
    left join pg_catalog.pg_attribute as a
        on a.attrelid = case when k.attnum = 0 then i.indexrelid else i.indrelid end
        and a.attnum = case when k.attnum = 0 then k.place else k.attnum end
    left join pg_catalog.pg_stats as s
        on s.schemaname = n.nspname
        and s.tablename = case when k.attnum = 0 then c.relname else t.relname end
        and s.attname = a.attname
        and not s.inherited
    where c.relkind = 'i'
        and m.amname = 'btree'
        and n.nspname <> all (:'ignored_schemas'::name[])
    group by i.indexrelid
),
sizes as (
    select
        n.nspname,
        c.relname,
        k.known = k.columns as judged,
        pg_relation_size(c.oid) as bytes,
        (
            1 + ceil(
                c.reltuples
                * (4 + 8 + ceil(k.width / 8) * 8)
                / (
                    (current_setting('block_size')::int - 40)
                    * coalesce(
                        (
                            select o.option_value::numeric
                            from pg_options_to_table(c.reloptions) as o
                            where o.option_name = 'fillfactor'
                        ),
                        90
                    ) / 100
                )
            ) * 1.01
        ) * current_setting('block_size')::int as needed
    from keys as k
    join pg_catalog.pg_class as c on c.oid = k.indexrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.reltuples >= 0
)
select
    format('%I.%I', nspname, relname) as object,
    format(
        'about %s of %s are empty (%s %%)',
        pg_size_pretty((bytes - needed)::bigint),
        pg_size_pretty(bytes),
        round((100 * (bytes - needed) / bytes)::numeric)
    ) as detail,
    'warning' as level,
    jsonb_build_object('bytes', bytes, 'wasted_bytes', (bytes - needed)::bigint) as metadata
from sizes
where judged
    and bytes - needed >= 1048576 * :'least_mb'::float8
    and bytes - needed >= bytes * :'least_percent'::float8 / 100
    and bytes > 0
union all
select
    format('%I', current_database()),
    format(
        'indexes estimated: %s; without statistics: %s',
        count(*) filter (where judged),
        count(*) filter (where not judged)
    ),
    'passed',
    null
from sizes;

-- breaks: nine of ten entries are gone
-- with: least_mb = 0.05
create table public.event (id int primary key);
insert into public.event select n from generate_series(1, 10000) as n;
delete from public.event where id % 10 > 0;
analyze public.event;

-- holds: as full as an index is
-- with: least_mb = 0
-- with: least_percent = 30
create table public.event (id int primary key, what text);
create index on public.event (lower(what));
insert into public.event select n, n || ' and more' from generate_series(1, 10000) as n;
reindex table public.event;
analyze public.event;
