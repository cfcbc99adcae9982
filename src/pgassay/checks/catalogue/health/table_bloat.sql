-- title: Tables that are mostly empty space
-- level: warning
-- parameter: least_mb = 100 (number) wasted space below which a table is left alone, in MB
-- parameter: least_percent = 50 (number) wasted share below which a table is left alone
-- help: vacuum full {object}; locks it for the whole time; pg_repack does the same without. If it comes back,
--   autovacuum comes too rarely (dead_tuples).
--
-- An estimate from the planner's statistics: rows × (header, pointer, mean width of the columns) against the
-- pages that there are. Both limits must be exceeded. A table without statistics, or with columns whose
-- statistics the role may not see, is not judged. TOAST is left out.

with columns as (
    select
        a.attrelid,
        count(*) as columns,
        count(s.attname) as known,
        bool_or(s.null_frac > 0) as nulls,
        sum(
            (1 - s.null_frac) * case
                when a.attlen > 0 and a.attalign = 'd' then ceil(s.avg_width / 8.0) * 8
                when a.attlen > 0 and a.attalign = 'i' then ceil(s.avg_width / 4.0) * 4
                else s.avg_width
            end
        ) as width
    from pg_catalog.pg_attribute as a
    join pg_catalog.pg_class as c on c.oid = a.attrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    left join pg_catalog.pg_stats as s
        on s.schemaname = n.nspname
        and s.tablename = c.relname
        and s.attname = a.attname
        and not s.inherited
    where a.attnum > 0
        and not a.attisdropped
        and c.relkind in ('r', 'm')
        and n.nspname <> all (:'ignored_schemas'::name[])
    group by a.attrelid
),
sizes as (
    select
        n.nspname,
        c.relname,
        w.known = w.columns as judged,
        pg_relation_size(c.oid) as bytes,
        ceil(
            c.reltuples
            * (4 + 24 + ceil((w.width + case when w.nulls then ceil(w.columns / 8.0) else 0 end) / 8) * 8)
            / (
                (current_setting('block_size')::int - 24)
                * coalesce(
                    (
                        select o.option_value::numeric
                        from pg_options_to_table(c.reloptions) as o
                        where o.option_name = 'fillfactor'
                    ),
                    100
                ) / 100
            )
        ) * current_setting('block_size')::int as needed
    from columns as w
    join pg_catalog.pg_class as c on c.oid = w.attrelid
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
        'tables estimated: %s; without statistics: %s',
        count(*) filter (where judged),
        count(*) filter (where not judged)
    ),
    'passed',
    null
from sizes;

-- breaks: nine of ten rows are gone
-- with: least_mb = 0.1
create table public.event (id int, what text);
insert into public.event select n, repeat('x', 100) from generate_series(1, 5000) as n;
delete from public.event where id % 10 > 0;
analyze public.event;

-- holds: as full as it can be
-- with: least_mb = 0
-- with: least_percent = 20
create table public.event (id int, what text, at timestamptz, note text);
insert into public.event select n, repeat('x', n % 100), now(), null from generate_series(1, 5000) as n;
analyze public.event;

-- holds: half empty, but small
create table public.event (id int, what text);
insert into public.event select n, repeat('x', 100) from generate_series(1, 5000) as n;
delete from public.event where id % 10 > 0;
analyze public.event;
