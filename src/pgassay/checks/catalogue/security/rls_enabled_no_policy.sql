-- title: Row-level security on, but no policy
-- level: info
-- since: 14
-- help: Add a policy for each role that should see rows of {object}, or revoke the privileges that lead
--   nowhere.
--
-- Nobody but the owner and roles that bypass row-level security sees a row: safe, and often meant so. It is
-- reported where an API role holds a privilege that can never lead to a row.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format('there is no policy, so what %s may do with it never finds a row', access.roles) as detail
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and (
            has_any_column_privilege(role, c.oid, 'select, insert, update')
            or has_table_privilege(role, c.oid, 'delete')
        )
) as access
where c.relrowsecurity
    and access.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (select from pg_catalog.pg_policy as p where p.polrelid = c.oid)
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass
            and d.objid = c.oid
            and d.deptype = 'e'
    );

-- breaks: a privilege, and no policy
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
grant select on shop.invoice to public;

-- holds: a policy
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select on shop.invoice to public;
create policy own on shop.invoice for select using (owner = current_user);

-- holds: a table that only its owner uses
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
