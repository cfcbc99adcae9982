-- title: Policy that lets everyone read every row
-- level: info
-- since: 14
-- help: If not everyone should read {object}, replace the condition by one that looks at the row.
--
-- Right for public data, and the most common leak otherwise. Reported are permissive policies for SELECT that
-- are addressed to everyone or to an API role and are true for every row.

with open_policy as materialized (
    select
        p.polroles,
        format('%I.%I.%I', n.nspname, c.relname, p.polname) as object
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    cross join lateral pg_get_expr(p.polqual, p.polrelid) as condition
    where p.polpermissive
        and p.polcmd = 'r'
        and c.relrowsecurity
        and n.nspname <> all (:'ignored_schemas'::name[])
        and (
            condition = 'true'
            or condition ~ '^\(true OR | OR true\)$'
            or condition ~ '^\((\S+) = \1\)$'
        )
)
select
    p.object,
    format('every row may be read by %s', audience.roles) as detail
from open_policy as p
cross join lateral (
    select string_agg(distinct coalesce(r.rolname::text, 'every role with the privilege'), ', ') as roles
    from unnest(p.polroles) as addressed (role)
    left join pg_catalog.pg_roles as r on r.oid = addressed.role
    where addressed.role = 0
        or exists (
            select
            from pg_catalog.pg_roles as api
            where api.rolname = any (:'api_roles'::name[])
                and pg_has_role(api.oid, addressed.role, 'usage')
        )
) as audience
where audience.roles is not null;

-- breaks: a public table
create schema shop;
create table shop.country (code text primary key);
alter table shop.country enable row level security;
create policy readable on shop.country for select using (true);

-- holds: only what is published
create schema shop;
create table shop.article (id int primary key, published boolean);
alter table shop.article enable row level security;
create policy readable on shop.article for select using (published);

-- breaks: true in other words, for one API role
create role authenticated;
create schema shop;
create table shop.country (code text primary key);
alter table shop.country enable row level security;
create policy readable on shop.country for select to authenticated using (code = 'x' or true);

-- breaks: a column compared with itself
create schema shop;
create table shop.country (code text primary key);
alter table shop.country enable row level security;
create policy readable on shop.country for select using (code = code);
