-- title: Policy condition on a column without an index
-- level: info
-- since: 14
-- parameter: least_rows = 1000 (number) tables with fewer rows than this (as the statistics say) are left
--   alone
-- help: create index concurrently on {table} ({column});
--
-- A policy's condition is part of every query. Where it compares a column of a large table and no index
-- begins with that column, each query reads the whole table. Columns that only check new rows need none.

with compared as (
    select
        c.oid as relation,
        n.nspname,
        c.relname,
        c.reltuples,
        p.polname,
        a.attnum,
        a.attname
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_policy'::regclass
        and d.objid = p.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjid = c.oid
        and d.refobjsubid > 0
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = d.refobjsubid
    where c.relrowsecurity
        and c.reltuples >= :'least_rows'::numeric
        and n.nspname <> all (:'ignored_schemas'::name[])
        -- An equality outside of any sub-select, where columns stand without a table's name.
        and pg_get_expr(p.polqual, p.polrelid) ~ (
            '(\(' || quote_ident(a.attname) || ' (=|IN \()|= ' || quote_ident(a.attname) || '\))'
        )
)
select
    format('%I.%I.%I', nspname, relname, attname) as object,
    format(
        'no index begins with it, and %s %s it in a table of about %s rows',
        string_agg(distinct quote_ident(polname), ', '),
        case count(distinct polname) when 1 then 'compares' else 'compare' end,
        round(max(reltuples)::numeric)
    ) as detail,
    jsonb_build_object('table', format('%I.%I', nspname, relname), 'column', quote_ident(attname)) as metadata
from compared
where not exists (
    select
    from pg_catalog.pg_index as i
    where i.indrelid = compared.relation
        and i.indisvalid
        and i.indkey[0] = compared.attnum
)
group by nspname, relname, attname;

-- breaks: a large table, searched by its owner's name
create schema shop;
create table shop.invoice (id int primary key, owner name);
insert into shop.invoice select n, 'x' from generate_series(1, 2000) as n;
analyze shop.invoice;
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);

-- holds: an index begins with the column
create schema shop;
create table shop.invoice (id int primary key, owner name);
create index on shop.invoice (owner, id);
insert into shop.invoice select n, 'x' from generate_series(1, 2000) as n;
analyze shop.invoice;
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);

-- holds: a small table, and a column that only new rows are checked for
create schema shop;
create table shop.note (id int primary key, owner name);
create table shop.invoice (id int primary key, owner name);
insert into shop.invoice select n, 'x' from generate_series(1, 2000) as n;
analyze shop.invoice;
alter table shop.invoice enable row level security;
alter table shop.note enable row level security;
create policy own on shop.note for select using (owner = current_user);
create policy adding on shop.invoice for insert with check (owner = current_user);

-- breaks: an index that is not valid
create schema shop;
create table shop.invoice (id int primary key, owner name);
create index invoice_owner on shop.invoice (owner);
update pg_catalog.pg_index set indisvalid = false where indexrelid = 'shop.invoice_owner'::regclass;
insert into shop.invoice select n, 'x' from generate_series(1, 2000) as n;
analyze shop.invoice;
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);
