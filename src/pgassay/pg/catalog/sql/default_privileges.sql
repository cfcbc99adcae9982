-- What objects will be granted to whom when they are made.
select
    'default privileges' as kind,
    pg_catalog.concat_ws(
        ' ',
        'for',
        pg_catalog.pg_get_userbyid(future.defaclrole),
        'in ' || pg_catalog.quote_ident(space.nspname),
        'on',
        case future.defaclobjtype
            when 'r' then 'tables'
            when 'S' then 'sequences'
            when 'f' then 'functions'
            when 'T' then 'types'
            when 'n' then 'schemas'
            when 'L' then 'large objects'
        end
    ) as name,
    'privileges: ' || (
        select coalesce(pg_catalog.string_agg(line, ' ' order by line collate "C"), 'none')
        from pg_catalog.aclexplode(future.defaclacl) as held
        cross join lateral pg_catalog.format(
            '%s=%s%s/%s',
            case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
            pg_catalog.lower(held.privilege_type),
            case when held.is_grantable then '*' end,
            pg_catalog.pg_get_userbyid(held.grantor)
        ) as line
    ) as text
from pg_catalog.pg_default_acl as future
left join pg_catalog.pg_namespace as space
    on space.oid = future.defaclnamespace
where coalesce(space.nspname <> all (:'ignored'::text[]), true)
