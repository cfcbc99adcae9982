-- title: Event trigger whose function belongs to an ordinary role
-- level: failed
-- since: 14
-- parameter: administrators = postgres, supabase_admin, rdsadmin, rds_superuser, cloudsqladmin,
--   cloudsqlsuperuser, azuresu (names) roles that may own such functions
-- help: alter function {function} owner to a superuser;
--
-- It runs with the rights of whoever executes DDL, superusers included, so its owner can become one.

select
    quote_ident(t.evtname) as object,
    format('runs %I.%I(), which belongs to %I', n.nspname, p.proname, o.rolname) as detail,
    jsonb_build_object('function', format('%I.%I()', n.nspname, p.proname)) as metadata
from pg_catalog.pg_event_trigger as t
join pg_catalog.pg_proc as p on p.oid = t.evtfoid
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
join pg_catalog.pg_roles as o on o.oid = p.proowner
where t.evtenabled <> 'D'
    and not o.rolsuper
    and o.rolname <> all (:'administrators'::name[]);

-- breaks: an intern's function
create role intern;
create schema shop;
create function shop.on_ddl() returns event_trigger language plpgsql set search_path = '' as 'begin end';
grant create on schema shop to intern;
alter function shop.on_ddl() owner to intern;
create event trigger watch on ddl_command_end execute function shop.on_ddl();

-- holds: a superuser's
create schema shop;
create function shop.on_ddl() returns event_trigger language plpgsql set search_path = '' as 'begin end';
create event trigger watch on ddl_command_end execute function shop.on_ddl();

-- holds: another superuser's, or that of a known administrator
-- with: administrators = manager
create role boss superuser;
create role manager;
create schema shop;
grant create on schema shop to manager;
create function shop.a() returns event_trigger language plpgsql set search_path = '' as 'begin end';
create function shop.b() returns event_trigger language plpgsql set search_path = '' as 'begin end';
alter function shop.a() owner to boss;
alter function shop.b() owner to manager;
create event trigger a on ddl_command_end execute function shop.a();
create event trigger b on ddl_command_end execute function shop.b();
