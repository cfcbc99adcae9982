-- What every check may use: schemas that are nobody's application, the roles of an API, the schemas it sees.
-- What is passed in was configured, and is empty where nothing was. The schemas of a platform count as its
-- own only where that platform is recognised by its roles; pgTAP's where its functions are.

with configured as (
    select
        :'ignored_schemas'::pg_catalog.name[] as ignored,
        :'api_roles'::pg_catalog.name[] as roles,
        :'api_schemas'::pg_catalog.name[] as schemas
),

platform as (
    select pg_catalog.count(*) = 2 as is_supabase
    from pg_catalog.pg_roles as r
    where r.rolname in ('authenticated', 'service_role')
),

ignored as (
    select coalesce(pg_catalog.array_agg(n.nspname order by n.nspname), '{}') as names
    from pg_catalog.pg_namespace as n, configured, platform
    where
        n.nspname like 'pg\_%'
        or n.nspname in ('information_schema', 'pgtap', 'prod_test_schema', 'performance_monitoring')
        or n.nspname = any (configured.ignored)
        or platform.is_supabase and n.nspname in (
            'auth', 'storage', 'realtime', '_realtime', '_analytics', '_supavisor', 'extensions', 'graphql',
            'graphql_public', 'vault', 'pgsodium', 'pgsodium_masks', 'pgbouncer', 'supabase_functions',
            'supabase_migrations', 'net', 'cron', 'pgmq', 'dbdev', 'tests', 'test_overrides'
        )
        or n.nspname <> 'public' and exists (
            select from pg_catalog.pg_proc as p
            where
                p.proname = 'throws_ok' and p.pronamespace = n.oid
                and exists (
                    select from pg_catalog.pg_proc as q
                    where q.proname = 'plan' and q.pronamespace = n.oid
                )
        )
),

api_roles as (
    select coalesce(pg_catalog.array_agg(r.rolname order by r.rolname), '{}') || '{public}'::pg_catalog.name[] as names
    from pg_catalog.pg_roles as r, configured
    where
        case
            when pg_catalog.cardinality(configured.roles) > 0 then r.rolname = any (configured.roles)
            else r.rolname in ('anon', 'authenticated')
        end
),

api_schemas as (
    select coalesce(pg_catalog.array_agg(n.nspname order by n.nspname), '{}') as names
    from pg_catalog.pg_namespace as n, configured, ignored, api_roles
    where
        case
            when pg_catalog.cardinality(configured.schemas) > 0 then n.nspname = any (configured.schemas)
            else
                n.nspname <> all (ignored.names)
                and exists (
                    select from pg_catalog.unnest(api_roles.names) as role (name)
                    where pg_catalog.has_schema_privilege(role.name, n.oid, 'usage')
                )
        end
)

select
    ignored.names as ignored_schemas,
    api_roles.names as api_roles,
    api_schemas.names as api_schemas,
    current_user as role,
    pg_catalog.pg_backend_pid() as backend_pid,
    extract(epoch from pg_catalog.clock_timestamp()) as server_time,
    pg_catalog.current_setting('server_version') as server_version
from ignored, api_roles, api_schemas;
