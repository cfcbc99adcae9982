-- title: Owner who logs in past row-level security
-- level: warning
-- since: 14
-- parameter: administrators = postgres, supabase_admin, rdsadmin, cloudsqladmin, azuresu (names) roles that
--   own tables and are not used by applications
-- help: alter table {object} force row level security; or let the application log in as a role that does not
--   own it.
--
-- Row-level security does not bind a table's owner unless it is forced. Reported where the owner may log in,
-- as applications that create their own tables do, and is no superuser or role with BYPASSRLS, whom no policy
-- binds.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format('its owner %I may log in, and row-level security is not forced', r.rolname) as detail,
    jsonb_build_object('owner', r.rolname) as metadata
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_roles as r on r.oid = c.relowner
where c.relrowsecurity
    and not c.relforcerowsecurity
    and r.rolcanlogin
    and not r.rolsuper
    and not r.rolbypassrls
    and r.rolname <> all (:'administrators'::name[])
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: the application owns its tables
create role shop_app login;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to shop_app;
alter table shop.invoice enable row level security;

-- holds: it is forced
create role shop_app login;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to shop_app;
alter table shop.invoice enable row level security, force row level security;

-- holds: an owner who cannot log in
create role shop_owner;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to shop_owner;
alter table shop.invoice enable row level security;

-- holds: whom no policy binds anyway, and a known administrator
-- with: administrators = manager
create role boss superuser login;
create role service login bypassrls;
create role manager login;
create schema shop;
create table shop.a (id int primary key);
create table shop.b (id int primary key);
create table shop.c (id int primary key);
alter table shop.a owner to boss;
alter table shop.b owner to service;
alter table shop.c owner to manager;
alter table shop.a enable row level security;
alter table shop.b enable row level security;
alter table shop.c enable row level security;
