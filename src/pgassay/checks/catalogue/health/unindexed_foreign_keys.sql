-- title: Foreign keys without an index
-- level: warning
-- area: pre-migration, post-migration
-- parameter: least_rows = 10000 (number) rows below which a table is mentioned for information only
-- help: create index concurrently on {table} ({columns});
--
-- A DELETE or a change of the key in the referenced table reads the whole referencing table, once a row. The
-- columns must be the first ones of a valid index, in any order; a partial one serves if it only leaves out nulls.

with foreign_keys as (
    select
        f.conrelid,
        f.conname,
        f.confrelid,
        f.conkey,
        c.reltuples,
        (
            select string_agg(quote_ident(a.attname), ', ' order by k.place)
            from unnest(f.conkey) with ordinality as k (attnum, place)
            join pg_catalog.pg_attribute as a on a.attrelid = f.conrelid and a.attnum = k.attnum
        ) as columns
    from pg_catalog.pg_constraint as f
    join pg_catalog.pg_class as c on c.oid = f.conrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where f.contype = 'f'
        and f.conparentid = 0
        and n.nspname <> all (:'ignored_schemas'::name[])
        and not exists (
            select
            from pg_catalog.pg_index as i
            where i.indrelid = f.conrelid
                and i.indisvalid
                and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
                and (
                    i.indpred is null
                    or pg_get_expr(i.indpred, i.indrelid) = (
                        select string_agg(format('(%I IS NOT NULL)', a.attname), ' AND ')
                        from pg_catalog.pg_attribute as a
                        where a.attrelid = f.conrelid and a.attnum = any (f.conkey) and cardinality(f.conkey) = 1
                    )
                )
        )
)
select
    format('%s.%I', conrelid::regclass, conname) as object,
    format(
        '%s (%s) refers to %s; rows: %s',
        conrelid::regclass,
        columns,
        confrelid::regclass,
        case when reltuples < 0 then 'never counted' else 'about ' || reltuples::bigint end
    ) as detail,
    case when reltuples >= :'least_rows'::numeric then 'warning' else 'info' end as level,
    jsonb_build_object('table', conrelid::regclass::text, 'columns', columns) as metadata
from foreign_keys;

-- breaks: many rows, no index
create table public.customer (id int primary key);
insert into public.customer values (1);
create table public.invoice (id int primary key, customer_id int references public.customer);
insert into public.invoice select n, 1 from generate_series(1, 10000) as n;
analyze public.invoice;

-- breaks: any row, no index, only the second column of one
-- with: least_rows = 1
create table public.customer (id int primary key);
insert into public.customer values (1);
create table public.invoice (id int primary key, customer_id int references public.customer);
create index on public.invoice (id, customer_id);
insert into public.invoice values (1, 1);
analyze public.invoice;

-- holds: an index in another order, one that leaves out nulls
-- with: least_rows = 0
create table public.customer (a int, b int, c int unique, primary key (a, b));
create table public.invoice (
    id int primary key,
    a int,
    b int,
    c int references public.customer (c),
    foreign key (a, b) references public.customer
);
create index on public.invoice (b, a, id);
create index on public.invoice (c) where c is not null;
analyze public.invoice;
