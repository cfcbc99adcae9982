-- title: Function without a search_path of its own
-- level: info
-- since: 14
-- help: alter function {object} set search_path = ''; with every name in it qualified.
--
-- What its names mean depends on the session that calls it: it breaks under pg_dump, in indexes and in
-- maintenance, which use another path. Functions with more rights than their caller are the matter of
-- definer_search_path, those in policies of policy_function_search_path. Procedures that commit cannot have a
-- setting, and parsed bodies need none.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    'its names are looked up on the search_path of the caller' as detail
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
join pg_catalog.pg_language as l on l.oid = p.prolang
where not p.prosecdef
    and p.prosqlbody is null
    and l.lanname not in ('internal', 'c')
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not (p.prokind = 'p' and p.prosrc ~* '\m(commit|rollback)\M')
    and not exists (
        select from unnest(p.proconfig) as setting where setting like 'search\_path=%'
    )
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype = 'e'
    );

-- breaks: no path
create schema shop;
create function shop.total() returns bigint language sql as 'select count(*) from pg_class';

-- holds: a path, a parsed body, a procedure that commits
create schema shop;
create function shop.a() returns bigint language sql set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';
create function shop.b() returns bigint language sql return (select count(*) from pg_class);
create procedure shop.c() language plpgsql as 'begin commit; end';
