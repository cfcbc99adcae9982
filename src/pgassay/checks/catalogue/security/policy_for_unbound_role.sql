-- title: Policy for a role that no policy binds
-- level: info
-- since: 14
-- help: Drop {object}: the role passes without it.
--
-- Superusers and roles with BYPASSRLS, such as service_role, see every row. A policy for them alone decides
-- nothing, and is often a sign that someone believed otherwise.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    format(
        'is only for %s, whom no policy binds',
        string_agg(quote_ident(r.rolname), ', ' order by r.rolname)
    ) as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral unnest(p.polroles) as addressed (role)
left join pg_catalog.pg_roles as r on r.oid = addressed.role
where c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname, p.polname
having bool_and(coalesce(r.rolsuper or r.rolbypassrls, false));

-- breaks: service_role
create role service_role bypassrls;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
create policy server on shop.invoice to service_role using (true);

-- holds: with another role beside it
create role service_role bypassrls;
create role clerk;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
create policy server on shop.invoice to service_role, clerk using (id > 0);
