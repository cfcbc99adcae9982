-- section: privileges
-- title: a privilege on a sequence revoked

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I.%s.%s', home.nspname, relation.relname, pg_catalog.lower(held.privilege_type), grantee.name)
        as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    relation.relname as name,
    pg_catalog.format(
        '%s lacks %s on the sequence %I.%I',
        grantee.name,
        pg_catalog.lower(held.privilege_type),
        home.nspname,
        relation.relname
    ) as description,
    pg_catalog.format(
        'revoke %s on sequence %I.%I from %s', held.privilege_type, home.nspname, relation.relname, grantee.name
    ) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
cross join lateral pg_catalog.aclexplode(relation.relacl) as held
cross join lateral (
    select case when held.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee)) end
) as grantee (name)
where home.nspname = any (:'schemas'::name[])
    and relation.relkind = 'S'
    and held.grantee <> relation.relowner
    and held.grantor = relation.relowner;
