-- title: Publication that sends rows past row-level security
-- level: warning
-- since: 14
-- parameter: filtered = supabase_realtime, supabase_realtime_messages_publication (names) publications whose
--   subscriber applies the policies itself
-- help: alter publication {object} …: name the tables, columns and rows (where) that subscribers may have.
--
-- A publication sends every row of its tables to whoever subscribes, whatever the policies say, and FOR ALL
-- TABLES sends also those that come tomorrow. For publications whose subscriber applies the policies itself
-- it is the other way round: a table without row-level security is sent to everyone.

select
    quote_ident(p.pubname) as object,
    'is for all tables, also for future ones' as detail
from pg_catalog.pg_publication as p
where p.puballtables
    and p.pubname <> all (:'filtered'::name[])
union all
select
    quote_ident(p.pubname),
    case
        when p.pubname = any (:'filtered'::name[]) then 'sends every row of tables without row-level security: '
        else 'sends rows without regard to the policies of '
    end || string_agg(format('%I.%I', n.nspname, c.relname), ', ' order by n.nspname, c.relname)
from pg_catalog.pg_publication as p
cross join lateral (
    select r.prrelid as oid
    from pg_catalog.pg_publication_rel as r
    where r.prpubid = p.oid
    union
    -- The tables of whole schemas. Of a partitioned table these are the partitions.
    select t.relid
    from pg_get_publication_tables(p.pubname) as t
    where not p.puballtables
) as published
join pg_catalog.pg_class as c on c.oid = published.oid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relrowsecurity <> (p.pubname = any (:'filtered'::name[]))
    and n.nspname <> all (:'ignored_schemas'::name[])
group by p.pubname;

-- breaks: all tables
create publication everything for all tables;

-- breaks: a table with policies
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
create publication invoices for table shop.invoice;

-- breaks: a table without them, to all who listen
create schema shop;
create table shop.invoice (id int primary key);
create publication supabase_realtime for table shop.invoice;

-- holds: the other way round
create schema shop;
create table shop.invoice (id int primary key);
create table shop.country (code text primary key);
alter table shop.invoice enable row level security;
create publication supabase_realtime for table shop.invoice;
create publication countries for table shop.country;

-- holds: everything, for one who applies the policies
create publication supabase_realtime for all tables;

-- breaks: all tables of a schema
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
do $$ begin  -- such a publication is not known before PostgreSQL 15
    if current_setting('server_version_num')::int >= 150000 then
        execute 'create publication everything for tables in schema shop';
    else
        create publication everything for all tables;
    end if;
end $$;
