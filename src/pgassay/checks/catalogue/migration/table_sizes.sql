-- title: Table sizes
-- level: info
-- area: pre-migration, post-migration
-- parameter: rewrite_gb = 20 (number) a table from this size is named as one that no migration should rewrite, in GB
-- help: Do not rewrite {object} under its lock: add columns without a volatile default, build indexes concurrently,
--   validate constraints apart, change types by a new column and a backfill.
--
-- The largest table, with its indexes and TOAST, and its share of the whole. Partitions count for their parent.

with sizes as (
    select
        coalesce(pg_partition_root(c.oid), c.oid) as relation,
        sum(pg_total_relation_size(c.oid)) as bytes,
        sum(greatest(c.reltuples, 0)) as about_rows
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm')
        and c.relpersistence <> 't'
        and n.nspname <> all (:'ignored_schemas'::name[])
    group by 1
),
ranked as (
    select
        s.*,
        sum(s.bytes) over () as whole,
        count(*) over () as tables,
        row_number() over (order by s.bytes desc, s.relation) as place
    from sizes as s
)
select
    r.relation::regclass::text as object,
    format(
        '%s%s, about %s rows; %s %% of %s, which is all tables (%s)',
        case when r.place = 1 then 'the largest: ' else '' end,
        pg_size_pretty(r.bytes),
        ltrim(to_char(r.about_rows::numeric, '999,999,999,999')),
        coalesce(round(100 * r.bytes / nullif(r.whole, 0)), 0),
        pg_size_pretty(r.whole),
        r.tables
    ) as detail,
    case when r.bytes >= 1073741824 * :'rewrite_gb'::numeric then 'info' else 'passed' end as level,
    jsonb_build_object('bytes', r.bytes, 'about_rows', r.about_rows, 'whole_bytes', r.whole) as metadata
from ranked as r
where r.place = 1 or r.bytes >= 1073741824 * :'rewrite_gb'::numeric;

-- breaks: a large one
-- with: rewrite_gb = 0
create table public.event (id int primary key);

-- holds: small ones
create table public.event (id int primary key);
create table public.visit (id int primary key);
