-- title: Sequences that run out of numbers
-- level: failed
-- parameter: warning_percent = 70 (number) share of the numbers used from which it is DEGRADED
-- parameter: failed_percent = 90 (number) share from which it is UNHEALTHY
-- help: Give the column a wider type while there is time: alter table … alter column … type bigint rewrites the
--   table and every index on it; then: alter sequence {object} as bigint;
--
-- The end is where the sequence ends or where the type of a column that takes numbers from it ends, whichever
-- comes first: a bigint sequence behind an integer column ends at 2,147,483,647. A sequence that the role may not
-- read is not verified.

with takers as (
    select d.objid as sequence, d.refobjid as relation, d.refobjsubid as attnum
    from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_class'::regclass
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjsubid > 0
        and d.deptype in ('a', 'i')
    union
    select d.refobjid, f.adrelid, f.adnum
    from pg_catalog.pg_depend as d
    join pg_catalog.pg_attrdef as f on f.oid = d.objid
    where d.classid = 'pg_catalog.pg_attrdef'::regclass
        and d.refclassid = 'pg_catalog.pg_class'::regclass
),
narrowest as (
    select
        t.sequence,
        min(case a.atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 end) as most,
        string_agg(
            format('%s.%I (%s)', t.relation::regclass, a.attname, format_type(a.atttypid, null)), ', '
            order by t.relation, a.attnum
        ) as columns
    from takers as t
    join pg_catalog.pg_attribute as a on a.attrelid = t.relation and a.attnum = t.attnum and not a.attisdropped
    group by t.sequence
),
ranked as (
    -- Reading a sequence takes the lock of nextval() until the end, so no more are read than leave most of the
    -- lock table to others; those that end first come first.
    select
        n.nspname,
        c.oid,
        c.relname,
        s.seqincrement,
        s.seqmin,
        s.seqmax,
        s.seqcycle,
        w.most,
        w.columns,
        has_sequence_privilege(c.oid, 'usage, select') as readable,
        row_number() over (order by least(s.seqmax, w.most), s.seqrelid)
        <= current_setting('max_locks_per_transaction')::int8 * current_setting('max_connections')::int8 / 4
        as affordable
    from pg_catalog.pg_sequence as s
    join pg_catalog.pg_class as c on c.oid = s.seqrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    left join narrowest as w on w.sequence = s.seqrelid
    where n.nspname <> all (:'ignored_schemas'::name[])
),
sequences as (
    select
        r.nspname,
        r.relname,
        r.columns,
        case when r.readable and r.affordable then pg_sequence_last_value(r.oid)::numeric end as at,
        r.seqcycle and r.seqmax <= coalesce(r.most, r.seqmax) as goes_round,
        r.readable,
        r.affordable,
        case when r.seqincrement > 0 then r.seqmin else r.seqmax end::numeric as first,
        case
            when r.seqincrement > 0 then least(r.seqmax, r.most)
            else greatest(r.seqmin, - r.most - 1)
        end::numeric as last
    from ranked as r
),
measured as (
    select s.*, 100 * (at - first) / nullif(last - first, 0) as used_percent
    from sequences as s
    where at is not null and not goes_round
)
select
    format('%I.%I', nspname, relname) as object,
    format(
        '%s of %s (%s %% used)%s',
        ltrim(to_char(at, 'S9,999,999,999,999,999,999'), '+ '),
        ltrim(to_char(last, 'S9,999,999,999,999,999,999'), '+ '),
        round(used_percent, 1),
        '; ' || columns
    ) as detail,
    case when used_percent >= :'failed_percent'::numeric then 'failed' else 'warning' end as level,
    null as remediation,
    jsonb_build_object('last_value', at, 'ends_at', last, 'used_percent', round(used_percent, 1)) as metadata
from measured
where used_percent >= :'warning_percent'::numeric
union all
select
    format('%I', current_database()),
    format('sequences that %I may not read: %s', current_user, count(*)),
    'not verified',
    format('grant select on all sequences in schema ... to %I;', current_user),
    null
from sequences
where not readable
having count(*) > 0
union all
select
    format('%I', current_database()),
    format('sequences that were left out, because reading them all takes too many locks: %s', count(*)),
    'not verified',
    'Look on a copy, or raise max_locks_per_transaction.',
    null
from sequences
where readable and not affordable
having count(*) > 0
union all
select
    format('%I', current_database()),
    format('sequences in use: %s; the fullest has used %s %%', count(*), coalesce(round(max(used_percent), 1), 0)),
    'passed',
    null,
    null
from measured;

-- breaks: a serial at its end
create table public.invoice (id serial primary key);
select setval('public.invoice_id_seq', 2100000000);

-- breaks: a bigint sequence behind an integer column
create sequence public.numbers as bigint;
create table public.invoice (id int default nextval('public.numbers'));
select setval('public.numbers', 2100000000);

-- breaks: nearly at its end
-- expect: warning
create table public.invoice (id smallint generated always as identity);
select setval('public.invoice_id_seq', 25000);

-- breaks: downwards
create sequence public.downwards as smallint increment -1;
select setval('public.downwards', -32000);

-- holds: the same number behind a bigint column; one that goes round; one that starts high
create table public.invoice (id bigserial primary key);
select setval('public.invoice_id_seq', 2100000000);
create sequence public.round as smallint cycle;
select setval('public.round', 32000);
create sequence public.high minvalue 9000000000000000000 start 9000000000000000000;
select nextval('public.high');
