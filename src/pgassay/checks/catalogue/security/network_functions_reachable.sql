-- title: Functions that open connections, callable by API roles
-- level: warning
-- since: 14
-- parameter: functions = dblink, dblink_connect, dblink_connect_u, dblink_exec, dblink_open,
--   dblink_send_query, http, http_get, http_post, http_put, http_delete, postgres_fdw_get_connections (names)
--   functions of extensions that open connections from the server
-- help: revoke execute on function {object} from public, anon, authenticated;
--
-- A caller makes the server send requests to places that only it can reach, or brings data out.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    string_agg(case role when 'public' then 'every role' else role end, ', ' order by role)
    || ' may call it' as detail
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
cross join unnest(:'api_roles'::name[]) as role
where p.proname = any (:'functions'::name[])
    and has_schema_privilege(role, n.oid, 'usage')
    and has_function_privilege(role, p.oid, 'execute')
    and exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype = 'e'
    )
group by n.nspname, p.proname, p.proargtypes;

-- breaks: connections for everyone
create schema extensions;
grant usage on schema extensions to public;
create extension dblink schema extensions;

-- holds: in a schema that nobody may use, and a function that is none of an extension's
create schema extensions;
create extension dblink schema extensions;
create schema shop;
grant usage on schema shop to public;
create function shop.dblink() returns int language sql return 1;
