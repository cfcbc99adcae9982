-- section: privileges
-- title: USAGE on a schema granted to everyone

select
    'pg_catalog.pg_namespace'::pg_catalog.regclass as class,
    home.oid,
    pg_catalog.format('%I.usage', home.nspname) as subject,
    pg_catalog.format('%I', home.nspname) as object,
    home.nspname as name,
    pg_catalog.format('everyone may use schema %I', home.nspname) as description,
    pg_catalog.format('grant usage on schema %I to public', home.nspname) as ddl,
    array[]::pg_catalog.oid[] as relations
from pg_catalog.pg_namespace as home
where home.nspname = any (:'schemas'::name[])
    and not exists (
        select from pg_catalog.aclexplode(home.nspacl) as held where held.grantee = 0 and held.privilege_type = 'USAGE'
    );
