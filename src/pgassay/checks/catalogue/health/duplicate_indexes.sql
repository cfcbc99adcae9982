-- title: Indexes that are there twice
-- level: warning
-- area: pre-migration, post-migration
-- help: drop index concurrently {object}; ({twin} does the same)
--
-- The same columns, operator classes, collations, order, predicate and expressions. A plain index beside a unique
-- one with the same key is a twin, too. The one that a constraint needs is kept; where both belong to
-- constraints, one of the constraints is superfluous.

with indexes as (
    select
        i.indexrelid,
        i.indrelid,
        i.indisprimary,
        i.indisunique,
        i.indisreplident,
        n.nspname,
        c.relname,
        con.conname,
        array[
            i.indrelid::text,
            c.relam::text,
            i.indnkeyatts::text,
            i.indkey::text,
            i.indclass::text,
            i.indcollation::text,
            i.indoption::text,
            pg_get_expr(i.indpred, i.indrelid),
            pg_get_expr(i.indexprs, i.indrelid),
            con.conexclop::text
        ] as signature
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as c on c.oid = i.indexrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    left join pg_catalog.pg_constraint as con on con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x')
    where i.indisvalid
        and n.nspname <> all (:'ignored_schemas'::name[])
        and not c.relispartition
),
ranked as (
    select
        i.*,
        row_number() over best_first as place,
        first_value(format('%I.%I', nspname, relname)) over best_first as twin
    from indexes as i
    window best_first as (
        partition by signature
        order by indisprimary desc, conname is not null desc, indisreplident desc, indisunique desc, indexrelid
    )
)
select
    format('%I.%I', nspname, relname) as object,
    format(
        'the same as %s on %s; %s',
        twin,
        indrelid::regclass,
        pg_size_pretty(pg_total_relation_size(indexrelid))
    ) as detail,
    case
        when conname is not null
            then format('alter table %s drop constraint %I; (%s does the same)', indrelid::regclass, conname, twin)
    end as remediation,
    jsonb_build_object('twin', twin, 'bytes', pg_total_relation_size(indexrelid)) as metadata
from ranked
where place > 1;

-- breaks: the same index under two names
create table public.invoice (id int primary key, number text);
create index one on public.invoice (number);
create index two on public.invoice (number);

-- breaks: a plain index beside a unique constraint
create table public.invoice (id int primary key, number text unique);
create index again on public.invoice (number);

-- breaks: two unique constraints on one column
create table public.invoice (id int primary key);
alter table public.invoice add unique (id);

-- holds: another order, operator class, predicate, collation, method or column
create table public.invoice (id int primary key, number text, paid boolean);
create index on public.invoice (number);
create index on public.invoice (number desc);
create index on public.invoice (number text_pattern_ops);
create index on public.invoice (number) where paid;
create index on public.invoice (number) where not paid;
create index on public.invoice (number collate "C");
create index on public.invoice (number) include (paid);
create index on public.invoice (lower(number));
create index on public.invoice (upper(number));
create index on public.invoice using hash (number);
