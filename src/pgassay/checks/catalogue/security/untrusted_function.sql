-- title: Function in an untrusted language
-- level: warning
-- since: 14
-- help: Rewrite {object} in a trusted language, or revoke execute on it from everyone but those who need it.
--
-- Its code can do on the server whatever the server's account may: read files, open connections, run
-- programs. Failed where an API role may call it.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    format('is written in %I', l.lanname) || coalesce(', and ' || caller.roles || ' may call it', '') as detail,
    case when caller.roles is null then 'warning' else 'failed' end as level
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
join pg_catalog.pg_language as l on l.oid = p.prolang
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and has_function_privilege(role, p.oid, 'execute')
) as caller
where not l.lanpltrusted
    -- Every aggregate counts as internal; its functions are judged by themselves.
    and p.prokind <> 'a'
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype in ('e', 'i')
    );

-- breaks: compiled code
create schema shop;
create function shop.add(int, int) returns int language internal strict as 'int4pl';

-- breaks: compiled code for everyone
-- expect: failed
create schema shop;
grant usage on schema shop to public;
create function shop.add(int, int) returns int language internal strict as 'int4pl';

-- holds: trusted languages
create schema shop;
create function shop.add(a int, b int) returns int language plpgsql as 'begin return a + b; end';
