-- title: Future objects that API roles may use from the start
-- level: warning
-- since: 14
-- parameter: anonymous = anon, public (names) roles that callers have who did not sign in
-- parameter: platform_roles = supabase_admin, supabase_auth_admin, supabase_storage_admin, rdsadmin,
--   cloudsqladmin (names) roles whose default privileges the platform sets and owners of a database cannot
--   change
-- help: alter default privileges for role {owner} {place}revoke all on {objects} from {grantee};
--
-- Each new table is open from the moment it is made until someone switches row-level security on. A warning
-- for tables and anonymous callers, information for signed-in ones, and for functions and sequences.

select
    format('%s of %I%s', kind.objects, o.rolname, coalesce(' in ' || quote_ident(n.nspname), '')) as object,
    format(
        '%s will get %s',
        case grantee.name when 'public' then 'every role' else grantee.name end,
        string_agg(lower(a.privilege_type), '/' order by a.privilege_type)
    ) as detail,
    case
        when d.defaclobjtype = 'r' and grantee.name = any (:'anonymous'::name[]) then 'warning'
        else 'info'
    end as level,
    jsonb_build_object(
        'owner', quote_ident(o.rolname),
        'place', coalesce('in schema ' || quote_ident(n.nspname) || ' ', ''),
        'objects', kind.objects,
        'grantee', grantee.name
    ) as metadata
from pg_catalog.pg_default_acl as d
join pg_catalog.pg_roles as o on o.oid = d.defaclrole
left join pg_catalog.pg_namespace as n on n.oid = d.defaclnamespace
cross join lateral (
    select case d.defaclobjtype
        when 'r' then 'tables'
        when 'S' then 'sequences'
        when 'f' then 'functions'
        when 'T' then 'types'
        when 'n' then 'schemas'
        else 'large objects'
    end as objects
) as kind
cross join lateral aclexplode(d.defaclacl) as a
left join pg_catalog.pg_roles as r on r.oid = a.grantee
cross join lateral (select coalesce(r.rolname, 'public') as name) as grantee
where grantee.name = any (:'api_roles'::name[])
    and o.rolname <> all (:'platform_roles'::name[])
    and (n.nspname is null or n.nspname <> all (:'ignored_schemas'::name[]))
    -- EXECUTE and USAGE for everyone are what functions and types have without any such command.
    and not (grantee.name = 'public' and d.defaclobjtype in ('f', 'T'))
group by o.rolname, n.nspname, kind.objects, d.defaclobjtype, grantee.name;

-- breaks: tables for anon
create role anon;
create schema shop;
alter default privileges in schema shop grant select on tables to anon;

-- breaks: tables for everyone
alter default privileges grant insert on tables to public;

-- holds: for a role of the server side, and less than there was
create role clerk;
create schema shop;
alter default privileges in schema shop grant all on tables to clerk;
alter default privileges revoke execute on functions from public;

-- holds: what the platform set, and cannot be changed
create role anon;
create role supabase_admin;
alter default privileges for role supabase_admin grant all on tables to anon;
