-- title: Tables whose planner statistics are missing or old
-- level: warning
-- area: post-migration
-- parameter: least_mb = 8 (number) smaller tables are left alone, in MB
-- parameter: changed_percent = 50 (number) rows changed since the last ANALYZE from which statistics are old
-- help: analyze {object};
--
-- Without statistics the planner guesses, and a restore or pg_upgrade (before version 18) leaves none behind.
-- Autovacuum never analyzes a partitioned table as a whole: that is for whoever loads it.

with partitions as (
    select pg_partition_root(c.oid) as root, sum(pg_relation_size(c.oid)) as bytes
    from pg_catalog.pg_class as c
    where c.relispartition and c.relkind = 'r'
    group by 1
),
tables as (
    select
        c.oid,
        n.nspname,
        c.relname,
        c.relkind,
        c.reltuples,
        case when c.relkind = 'p' then coalesce(p.bytes, 0) else pg_relation_size(c.oid) end as bytes
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    left join partitions as p on p.root = c.oid
    where c.relkind in ('r', 'p', 'm')
        and c.relpersistence <> 't'
        and n.nspname <> all (:'ignored_schemas'::name[])
        and not exists (
            select
            from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
        )
)
select
    format('%I.%I', t.nspname, t.relname) as object,
    case
        when t.reltuples < 0 and t.relkind = 'p' then
            format('%s in partitions, and no ANALYZE of the whole ever', pg_size_pretty(t.bytes))
        when t.reltuples < 0 then format('%s, and no ANALYZE ever', pg_size_pretty(t.bytes))
        else format(
            '%s of about %s rows changed since the last ANALYZE',
            ltrim(to_char(s.n_mod_since_analyze, '999,999,999,999')),
            ltrim(to_char(t.reltuples::numeric, '999,999,999,999'))
        )
    end as detail,
    jsonb_build_object('bytes', t.bytes, 'changed', s.n_mod_since_analyze) as metadata
from tables as t
left join pg_catalog.pg_stat_user_tables as s on s.relid = t.oid
where t.bytes >= greatest(1048576 * :'least_mb'::numeric, 1)
    and (
        t.reltuples < 0
        or s.n_mod_since_analyze > t.reltuples * :'changed_percent'::float8 / 100
    );

-- breaks: loaded, and never analyzed
-- with: least_mb = 0.1
create table public.event (id int, what text);
insert into public.event select n, repeat('x', 100) from generate_series(1, 2000) as n;

-- breaks: partitions are analyzed, the whole is not
-- with: least_mb = 0.1
create table public.event (id int, what text) partition by range (id);
create table public.event_1 partition of public.event for values from (1) to (9999);
insert into public.event select n, repeat('x', 100) from generate_series(1, 2000) as n;
analyze public.event_1;

-- holds: loaded and analyzed
-- with: least_mb = 0.1
create table public.event (id int, what text) partition by range (id);
create table public.event_1 partition of public.event for values from (1) to (9999);
insert into public.event select n, repeat('x', 100) from generate_series(1, 2000) as n;
analyze public.event;
