-- title: Materialized view that shows rows past row-level security
-- level: failed
-- since: 14
-- help: revoke all on {object} from public, anon, authenticated; and offer the data by a view or function
--   that filters.
--
-- A materialized view holds what its owner saw when it was refreshed, and cannot have policies. Failed where
-- one of its sources has row-level security, also through views; information where none has.

with recursive source as (
    select distinct
        r.ev_class as view,
        d.refobjid as relation
    from pg_catalog.pg_rewrite as r
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass
        and d.objid = r.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjid <> r.ev_class
),
shown as (
    select c.oid as top, s.relation
    from pg_catalog.pg_class as c
    join source as s on s.view = c.oid
    where c.relkind = 'm'
    union
    select shown.top, s.relation
    from shown
    join source as s on s.view = shown.relation
)
select
    format('%I.%I', n.nspname, c.relname) as object,
    format('%s may read it', reader.roles)
    || coalesce(', and it holds rows of ' || behind.tables || ' without regard to the policies', '') as detail,
    case when behind.tables is null then 'info' else 'failed' end as level
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and has_any_column_privilege(role, c.oid, 'select')
) as reader
left join lateral (
    select string_agg(format('%I.%I', tn.nspname, t.relname), ', ' order by tn.nspname, t.relname) as tables
    from shown
    join pg_catalog.pg_class as t on t.oid = shown.relation and t.relkind in ('r', 'p') and t.relrowsecurity
    join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
    where shown.top = c.oid
) as behind on true
where c.relkind = 'm'
    and reader.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: over a table with policies, through a view
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create view shop.invoices as select * from shop.invoice;
create materialized view shop.totals as select owner, count(*) from shop.invoices group by owner;
grant select on shop.totals to public;

-- holds: nobody may read it, or there is nothing to protect
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create materialized view shop.totals as select owner, count(*) from shop.invoice group by owner;
create table shop.country (code text primary key);
create materialized view shop.countries as select * from shop.country;
grant select on shop.countries to public;
