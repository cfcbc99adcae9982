-- title: Indexes that no query uses
-- level: warning
-- parameter: least_days = 30 (number) younger statistics are not judged, in days
-- parameter: least_mb = 10 (number) smaller indexes are left alone, in MB
-- help: Look at the standbys, too, where the same index may be in use; then: drop index concurrently {object};
--
-- Only where the statistics are old enough to have seen the end of a month. Indexes that hold a constraint, or
-- are the only one that a foreign key's columns have, are there for another reason and left alone.

with counted as (
    select
        coalesce(
            (select d.stats_reset from pg_catalog.pg_stat_database as d where d.datname = current_database()),
            (select b.stats_reset from pg_catalog.pg_stat_bgwriter as b)
        ) as since
),
unused as (
    select
        s.schemaname,
        s.indexrelname,
        s.relid,
        pg_relation_size(s.indexrelid) as bytes
    from pg_catalog.pg_stat_user_indexes as s
    join pg_catalog.pg_index as i on i.indexrelid = s.indexrelid
    where s.idx_scan = 0
        and s.schemaname <> all (:'ignored_schemas'::name[])
        and i.indisvalid
        and not (i.indisunique or i.indisexclusion or i.indisreplident or i.indisclustered)
        and pg_relation_size(s.indexrelid) >= greatest(1048576 * :'least_mb'::numeric, 1)
        and not exists (
            select
            from pg_catalog.pg_constraint as f
            where f.conrelid = i.indrelid
                and f.contype = 'f'
                and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
        )
)
select
    format('%I.%I', u.schemaname, u.indexrelname) as object,
    format(
        '%s on %s; the statistics have not seen it used in %s days',
        pg_size_pretty(u.bytes),
        u.relid::regclass,
        extract(day from clock_timestamp() - c.since)
    ) as detail,
    'warning' as level,
    null as remediation,
    jsonb_build_object('bytes', u.bytes) as metadata
from unused as u
cross join counted as c
where clock_timestamp() - c.since >= make_interval(days => 1) * :'least_days'::float8
union all
select
    format('%I', current_database()),
    format(
        'the statistics are %s days old, which is too young to judge (%s); indexes not used since: %s',
        extract(day from clock_timestamp() - c.since),
        :'least_days'::numeric,
        (select count(*) from unused)
    ),
    'not verified',
    'Ask again when they are older.',
    null
from counted as c
where clock_timestamp() - c.since < make_interval(days => 1) * :'least_days'::float8
    and exists (select from unused);

-- breaks: nobody asks for the amount
-- with: least_days = 0
-- with: least_mb = 0
create table public.invoice (id int primary key, amount numeric);
create index on public.invoice (amount);
insert into public.invoice values (1, 1);

-- holds: constraints and foreign keys need theirs
-- with: least_days = 0
-- with: least_mb = 0
create table public.customer (id int primary key, email text unique);
create table public.invoice (id int primary key, customer_id int references public.customer);
create index on public.invoice (customer_id);
insert into public.customer values (1, 'a');
insert into public.invoice values (1, 1);

-- holds: an index too small to matter
create table public.invoice (id int primary key, amount numeric);
create index on public.invoice (amount);
insert into public.invoice values (1, 1);
