-- section: privileges
-- title: a privilege on a schema revoked

select
    'pg_catalog.pg_namespace'::pg_catalog.regclass as class,
    home.oid,
    pg_catalog.format('%I.%s.%s', home.nspname, pg_catalog.lower(held.privilege_type), grantee.name) as subject,
    pg_catalog.format('%I', home.nspname) as object,
    home.nspname as name,
    pg_catalog.format('%s lacks %s on schema %I', grantee.name, pg_catalog.lower(held.privilege_type), home.nspname)
        as description,
    pg_catalog.format('revoke %s on schema %I from %s', held.privilege_type, home.nspname, grantee.name) as ddl,
    array[]::pg_catalog.oid[] as relations
from pg_catalog.pg_namespace as home
cross join lateral pg_catalog.aclexplode(home.nspacl) as held
cross join lateral (
    select case when held.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee)) end
) as grantee (name)
where home.nspname = any (:'schemas'::name[])
    and home.nspname <> 'public'
    and held.grantee <> home.nspowner
    and held.grantor = home.nspowner;
