-- Schemas: who owns them, and who may use them.
select
    'schema' as kind,
    pg_catalog.quote_ident(space.nspname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(space.nspowner),
        'privileges: ' || acl.text,
        'comment: ' || pg_catalog.obj_description(space.oid, 'pg_namespace')
    ) as text
from pg_catalog.pg_namespace as space
cross join lateral (
    select pg_catalog.string_agg(line, ' ' order by line collate "C") as text
    from pg_catalog.aclexplode(
        coalesce(space.nspacl, pg_catalog.acldefault('n', space.nspowner))
    ) as held
    cross join lateral pg_catalog.format(
        '%s=%s%s/%s',
        case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
        pg_catalog.lower(held.privilege_type),
        case when held.is_grantable then '*' end,
        pg_catalog.pg_get_userbyid(held.grantor)
    ) as line
) as acl
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
            and part.objid = space.oid
            and part.deptype = 'e'
    )
