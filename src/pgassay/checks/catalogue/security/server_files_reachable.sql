-- title: Functions that reach the server's files, open to API roles
-- level: failed
-- since: 14
-- parameter: functions = lo_import, lo_export, pg_read_file, pg_read_binary_file, pg_ls_dir, pg_stat_file,
--   pg_reload_conf, pg_file_write, pg_file_unlink, pg_execute_server_program (names) functions that nobody
--   but superusers calls as PostgreSQL comes
-- help: revoke execute on function {object} from public, anon, authenticated;
--
-- They read or write whatever the server's account may: keys, settings, the data files themselves.

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
    and (
        n.nspname = 'pg_catalog'
        or exists (
            select
            from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_proc'::regclass
                and d.objid = p.oid
                and d.deptype = 'e'
        )
    )
group by n.nspname, p.proname, p.proargtypes;

-- breaks: large objects from files
grant execute on function pg_catalog.lo_import(text) to public;

-- holds: as it comes
create role clerk;
grant execute on function pg_catalog.pg_ls_dir(text) to clerk;
