-- title: Extension in a schema that an API exposes
-- level: warning
-- since: 14
-- parameter: allowed = plpgsql, pgtap (names) extensions that may be where they are
-- help: alter extension {object} set schema extensions;
--
-- Its functions become end points of the API, and its names stand beside the application's. Information where
-- only everyone's right to use the schema exposes it, as on a server without an API.

select
    quote_ident(e.extname) as object,
    format('is in schema %I, which %s may use', n.nspname, user_of.roles) as detail,
    case when user_of.named then 'warning' else 'info' end as level
from pg_catalog.pg_extension as e
join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
cross join lateral (
    select
        string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles,
        bool_or(role <> 'public') as named
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
) as user_of
where n.nspname = any (:'api_schemas'::name[])
    and n.nspname <> all (:'ignored_schemas'::name[])
    and e.extname <> all (:'allowed'::name[])
    and user_of.roles is not null;

-- breaks: beside the application's tables
create role anon;
create schema shop;
grant usage on schema shop to anon;
create extension pg_trgm schema shop;

-- holds: in a schema of its own
create role anon;
create schema shop;
create schema beside;
grant usage on schema shop to anon;
create extension pg_trgm schema beside;

-- holds: one that may be there, and a schema that no API role may use
-- with: allowed = citext
create role anon;
create schema shop;
create schema beside;
grant usage on schema shop to anon;
create extension citext schema shop;
create extension pg_trgm schema beside;
