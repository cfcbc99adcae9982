-- title: SECURITY DEFINER function that signed-in callers may call
-- level: info
-- since: 14
-- parameter: anonymous = anon, public (names) roles that callers have who did not sign in; they are the
--   matter of definer_for_anonymous
-- help: Make sure that {object} asks who calls before it acts; row-level security does not hold in it.
--
-- A list to go through: each of these functions has to check by itself what its caller may do.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    format('%s may call it, and it runs as %I', caller.roles, pg_get_userbyid(p.proowner)) as detail
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
cross join lateral (
    select
        string_agg(role, ', ' order by role) as roles,
        bool_or(role = any (:'anonymous'::name[])) as anonymous
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and has_function_privilege(role, p.oid, 'execute')
) as caller
where p.prosecdef
    and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and caller.roles is not null
    and not caller.anonymous
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype = 'e'
    );

-- breaks: granted to authenticated
create role authenticated;
create schema shop;
grant usage on schema shop to authenticated;
create function shop.total() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';
revoke execute on function shop.total() from public;
grant execute on function shop.total() to authenticated;

-- holds: with the rights of the caller
create role authenticated;
create schema shop;
grant usage on schema shop to authenticated;
create function shop.total() returns bigint language sql set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';
