-- title: View that shows rows past row-level security
-- level: failed
-- since: 14
-- help: alter view {object} set (security_invoker = true); before PostgreSQL 15, use a function, or a view
--   whose owner is bound by the policies.
--
-- A view reads its tables as its owner unless it is security_invoker. Where the owner is not bound by a
-- table's policies (superuser, BYPASSRLS, or owner of the table without FORCE), whoever may read the view
-- reads every row. Followed through views on views. A warning where the view itself asks who is reading,
-- which may be all that is needed. A view over tables without row-level security, or whose owner is bound by
-- it, is not reported.

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
own_rights as (
    select c.oid, c.relowner, o.rolsuper or o.rolbypassrls as unbound
    from pg_catalog.pg_class as c
    join pg_catalog.pg_roles as o on o.oid = c.relowner
    where c.relkind = 'v'
        and not exists (
            select
            from pg_options_to_table(c.reloptions) as option
            where option.option_name = 'security_invoker'
                and option.option_value::boolean
        )
),
bypass as (
    select
        v.oid as view,
        t.oid as relation
    from own_rights as v
    join source as s on s.view = v.oid
    join pg_catalog.pg_class as t on t.oid = s.relation
    where t.relkind in ('r', 'p')
        and t.relrowsecurity
        and (v.unbound or (not t.relforcerowsecurity and pg_has_role(v.relowner, t.relowner, 'usage')))
),
exposed as (
    select view as top, view, relation
    from bypass
    union
    select s.view, e.view, e.relation
    from exposed as e
    join source as s on s.relation = e.top
    join pg_catalog.pg_class as c on c.oid = s.view and c.relkind = 'v'
)
select
    format('%I.%I', n.nspname, c.relname) as object,
    format(
        '%s may use it, and it reads as %I past the policies of %s',
        reader.roles,
        pg_get_userbyid(min(inner_view.relowner)),
        string_agg(distinct format('%I.%I', tn.nspname, t.relname), ', ')
    )
    || case when asks.who then '; it asks itself who is reading' || barrier.missing else '' end as detail,
    case when asks.who then 'warning' else 'failed' end as level
from exposed as e
join pg_catalog.pg_class as c on c.oid = e.top
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_class as inner_view on inner_view.oid = e.view
join pg_catalog.pg_class as t on t.oid = e.relation
join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and (
            has_any_column_privilege(role, c.oid, 'select, insert, update')
            or has_table_privilege(role, c.oid, 'delete')
        )
) as reader
cross join lateral (
    select pg_get_viewdef(c.oid)
        ~ '\mauth\.(uid|jwt|role|email)\(|\mcurrent_setting\(|\m(CURRENT_USER|SESSION_USER)\M' as who
) as asks
cross join lateral (
    select case
        when exists (
            select
            from pg_options_to_table(c.reloptions) as option
            where option.option_name = 'security_barrier'
                and option.option_value::boolean
        ) then ''
        else ', but without security_barrier, so that functions in a query see the other rows'
    end as missing
) as barrier
where reader.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass
            and d.objid = c.oid
            and d.deptype = 'e'
    )
group by n.nspname, c.relname, c.oid, reader.roles, asks.who, barrier.missing;

-- breaks: a view of a superuser
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create view shop.invoices as select * from shop.invoice;
grant select on shop.invoices to public;

-- breaks: a view of the table's owner, on a view, and for security_invoker in between
create role shop_owner;
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create view shop.invoices as select * from shop.invoice;
create view shop.recent as select * from shop.invoices where id > 10;
alter table shop.invoice owner to shop_owner;
alter view shop.invoices owner to shop_owner;
alter view shop.recent owner to shop_owner;
grant select on shop.recent to public;

-- breaks: a view that asks who reads it
-- expect: warning
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create view shop.invoices as select * from shop.invoice where owner = current_user;
grant select on shop.invoices to public;

-- holds: a view whose owner is bound
create role shop_viewer;
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select on shop.invoice to shop_viewer;
create view shop.invoices as select * from shop.invoice;
alter view shop.invoices owner to shop_viewer;
grant select on shop.invoices to public;

-- holds: no row-level security beneath, and nobody who may read
create schema shop;
grant usage on schema shop to public;
create table shop.country (code text primary key);
create view shop.countries as select * from shop.country;
grant select on shop.countries to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create view shop.invoices as select * from shop.invoice;

-- breaks: to delete by
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create view shop.invoices as select * from shop.invoice;
grant delete on shop.invoices to public;
