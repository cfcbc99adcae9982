-- title: API role that no policy binds
-- level: failed
-- since: 14
-- help: alter role {object} nobypassrls nosuperuser; revoke the roles named from it.
--
-- With SUPERUSER or BYPASSRLS, or as a member of a role that has them (SET ROLE suffices), every request
-- passes every policy. Reported are also memberships in predefined roles that read or write all data, files
-- or programs.

select
    quote_ident(r.rolname) as object,
    string_agg(found.what, ', ' order by found.what) as detail
from pg_catalog.pg_roles as r
cross join lateral (
    select 'is a superuser' as what
    where r.rolsuper
    union all
    select 'has BYPASSRLS'
    where r.rolbypassrls
    union all
    select 'has CREATEROLE'
    where r.rolcreaterole
    union all
    select format('is a member of %I', other.rolname)
    from pg_catalog.pg_roles as other
    where not r.rolsuper
        and other.oid <> r.oid
        and (
            other.rolsuper
            or other.rolbypassrls
            or other.rolname in (
                'pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
                'pg_execute_server_program', 'pg_maintain', 'pg_signal_backend', 'pg_checkpoint',
                'pg_create_subscription'
            )
        )
        and pg_has_role(r.oid, other.oid, 'member')
    union all
    select format('is a member of %I, who owns tables whose policies do not bind the owner', other.rolname)
    from pg_catalog.pg_roles as other
    where not r.rolsuper
        and not other.rolsuper
        and not other.rolbypassrls
        and other.oid <> r.oid
        and pg_has_role(r.oid, other.oid, 'member')
        and other.oid in (
            select c.relowner
            from pg_catalog.pg_class as c
            where c.relrowsecurity
                and not c.relforcerowsecurity
        )
) as found
where r.rolname = any (:'api_roles'::name[])
group by r.rolname;

-- breaks: BYPASSRLS
create role anon bypassrls;

-- breaks: a member of one with it
create role authenticated;
create role service_role bypassrls;
grant service_role to authenticated;

-- breaks: all data
create role anon;
grant pg_read_all_data to anon;

-- breaks: a member of the tables' owner
create role anon;
create role shop_owner;
grant shop_owner to anon;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to shop_owner;
alter table shop.invoice enable row level security;

-- holds: a member of an owner whom the policies bind
create role anon;
create role shop_owner;
grant shop_owner to anon;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to shop_owner;
alter table shop.invoice enable row level security, force row level security;

-- holds: plain roles beside a mighty one
create role anon;
create role authenticated;
create role service_role bypassrls;
create role authenticator noinherit login;
grant anon, authenticated, service_role to authenticator;
