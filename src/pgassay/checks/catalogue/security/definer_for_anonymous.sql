-- title: SECURITY DEFINER function that anyone may call
-- level: warning
-- since: 14
-- parameter: anonymous = anon, public (names) roles that callers have who did not sign in
-- help: revoke execute on function {object} from public, anon; then grant it to the roles that need it.
--
-- It does what its owner may do, past row-level security, for callers nobody knows. EXECUTE is granted to
-- everyone unless it is revoked. Trigger functions cannot be called and are left out; one that a policy calls
-- is information, since the callers need it there.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    format('%s may call it, and it runs as %I', caller.roles, pg_get_userbyid(p.proowner))
    || case when policy.calls_it then '; a policy calls it' else '' end as detail,
    case when policy.calls_it then 'info' else 'warning' end as level
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where role = any (:'anonymous'::name[])
        and has_schema_privilege(role, n.oid, 'usage')
        and has_function_privilege(role, p.oid, 'execute')
) as caller
cross join lateral (
    select exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_policy'::regclass
            and d.refclassid = 'pg_catalog.pg_proc'::regclass
            and d.refobjid = p.oid
    ) as calls_it
) as policy
where p.prosecdef
    and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and caller.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype = 'e'
    );

-- breaks: EXECUTE as it is granted by default
create schema shop;
grant usage on schema shop to public;
create function shop.total() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';

-- breaks: granted to anon
create role anon;
create schema shop;
grant usage on schema shop to anon;
create function shop.total() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';
revoke execute on function shop.total() from public;
grant execute on function shop.total() to anon;

-- holds: for signed-in callers, for triggers, and in a schema that nobody may use
create role authenticated;
create schema shop;
create schema private;
grant usage on schema shop to public;
create function shop.total() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';
revoke execute on function shop.total() from public;
grant execute on function shop.total() to authenticated;
create function shop.stamp() returns trigger language plpgsql security definer set search_path = ''
    as 'begin return new; end';
create function private.total() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';

-- breaks: while a policy calls another one
create schema shop;
grant usage on schema shop to public;
create function shop.mine() returns int language sql stable security definer set search_path = '' as 'select 1';
revoke execute on function shop.mine() from public;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (id = (select shop.mine()));
create function shop.total() returns bigint language sql security definer set search_path = ''
    as 'select count(*) from pg_catalog.pg_class';

-- holds: one that a policy calls
create schema shop;
grant usage on schema shop to public;
create function shop.mine() returns int language sql stable security definer set search_path = '' as 'select 1';
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (id = (select shop.mine()));
