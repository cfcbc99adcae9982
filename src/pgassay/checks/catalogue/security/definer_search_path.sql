-- title: SECURITY DEFINER function whose names the caller can bend
-- level: failed
-- since: 14
-- help: alter function {object} set search_path = ''; with every name in it qualified (or 'pg_catalog,
--   pg_temp').
--
-- Such a function runs with its owner's rights. If it has no search_path of its own, or one with a schema in
-- which others may create, the caller puts a table or function of the same name in front and has it run as
-- the owner. Failed where others than the owner may call it, a warning where they cannot, or only by writing
-- to a table that has it as a trigger. A path that does not name pg_temp is information: temporary tables are
-- found first then. Functions with a parsed body are bound when created.

with definer as (
    select
        p.oid,
        format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
        p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
        and (
            p.proacl is null
            or exists (
                select
                from aclexplode(p.proacl) as a
                left join pg_catalog.pg_roles as r on r.oid = a.grantee
                where a.grantee <> p.proowner
                    and not coalesce(r.rolsuper, false)
            )
        ) as is_called_by_others,
        (
            select substr(setting, length('search_path=') + 1)
            from unnest(p.proconfig) as setting
            where setting like 'search\_path=%'
        ) as path
    from pg_catalog.pg_proc as p
    join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    join pg_catalog.pg_language as l on l.oid = p.prolang
    where p.prosecdef
        and p.prosqlbody is null
        and l.lanname not in ('internal', 'c')
        and n.nspname <> all (:'ignored_schemas'::name[])
        and not exists (
            select
            from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_proc'::regclass
                and d.objid = p.oid
                and d.deptype = 'e'
        )
),
judged as (
    select
        object,
        is_called_by_others,
        path,
        (
            select string_agg(named.schema, ', ')
            from unnest(string_to_array(regexp_replace(path, '["\s]', '', 'g'), ',')) as named (schema)
            left join pg_catalog.pg_namespace as n on n.nspname = named.schema
            where named.schema = '$user'
                or exists (
                    select
                    from unnest(:'api_roles'::name[]) as role
                    where has_schema_privilege(role, n.oid, 'create')
                )
        ) as open_schemas
    from definer
)
select
    object,
    case
        when path is null then 'it has no search_path of its own'
        when open_schemas is not null
            then format('others may create objects in %s, which is on its search_path', open_schemas)
        else format('its search_path (%s) does not name pg_temp, so temporary tables come first', path)
    end as detail,
    case
        when path is not null and open_schemas is null then 'info'
        when is_called_by_others then 'failed'
        else 'warning'
    end as level
from judged
where path is null
    or open_schemas is not null
    or (path not in ('', '""') and path !~ '\mpg_temp\M');

-- breaks: no path
create schema shop;
create function shop.total() returns bigint language sql security definer as 'select count(*) from pg_class';

-- breaks: a path with a schema in which everyone may create
create schema shop;
grant create on schema shop to public;
create function shop.total() returns bigint language sql security definer set search_path = shop, pg_temp
    as 'select count(*) from pg_class';

-- breaks: the path of the caller's name
create schema shop;
create function shop.total() returns bigint language sql security definer set search_path = "$user", shop
    as 'select count(*) from pg_class';

-- breaks: a trigger
-- expect: warning
create schema shop;
create function shop.stamp() returns trigger language plpgsql security definer as 'begin return new; end';

-- breaks: for the owner alone
-- expect: warning
create schema shop;
create function shop.total() returns bigint language sql security definer as 'select count(*) from pg_class';
revoke execute on function shop.total() from public;

-- holds: an empty path, a path that ends in pg_temp, and a parsed body
create schema shop;
create function shop.a() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';
create function shop.b() returns bigint language sql security definer set search_path = pg_catalog, pg_temp
    as 'select count(*) from pg_class';
create function shop.c() returns bigint language sql security definer return (select count(*) from pg_class);

-- holds: a function with the rights of its caller
create schema shop;
create function shop.total() returns bigint language sql as 'select count(*) from pg_class';

-- breaks: granted to one role
create role clerk;
create schema shop;
create function shop.total() returns bigint language sql security definer as 'select count(*) from pg_class';
revoke execute on function shop.total() from public;
grant execute on function shop.total() to clerk;

-- holds: a setting beside a fixed path
create schema shop;
create function shop.total() returns bigint language sql security definer set search_path = '' set work_mem = '4MB'
    as 'select count(*) from pg_catalog.pg_class';
