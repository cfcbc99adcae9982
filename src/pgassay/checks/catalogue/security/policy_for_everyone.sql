-- title: Policy addressed to everyone
-- level: info
-- since: 14
-- help: alter policy … on … to authenticated; (whoever {object} is meant for)
--
-- A policy without TO holds for PUBLIC, anonymous callers included: its condition is all that protects the
-- rows, and it is evaluated for callers who could have been turned away before. Reported where there is an
-- API role to name.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'is for every role, also for ' || api.roles as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select string_agg(role, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where role <> 'public'
        and has_schema_privilege(role, n.oid, 'usage')
        and (
            has_any_column_privilege(role, c.oid, 'select, insert, update')
            or has_table_privilege(role, c.oid, 'delete')
        )
) as api
where p.polroles = '{0}'
    and p.polpermissive
    and c.relrowsecurity
    and api.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: no TO
create role anon;
create schema shop;
grant usage on schema shop to anon;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select on shop.invoice to anon;
create policy own on shop.invoice for select using (owner = current_user);

-- holds: whom it is for
create role anon;
create role authenticated;
create schema shop;
grant usage on schema shop to anon, authenticated;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select on shop.invoice to anon, authenticated;
create policy own on shop.invoice for select to authenticated using (owner = current_user);
