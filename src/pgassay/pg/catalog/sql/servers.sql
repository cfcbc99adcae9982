-- Foreign servers and languages. Options of user mappings may hold passwords, and are left out.
select
    'foreign server' as kind,
    pg_catalog.quote_ident(server.srvname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(server.srvowner),
        'wrapper: ' || wrapper.fdwname,
        'options: ' || pg_catalog.array_to_string(server.srvoptions, ' '),
        'privileges: ' || (
            select pg_catalog.string_agg(line, ' ' order by line collate "C")
            from pg_catalog.aclexplode(
                coalesce(server.srvacl, pg_catalog.acldefault('S', server.srvowner))
            ) as held
            cross join lateral pg_catalog.format(
                '%s=%s%s/%s',
                case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
                pg_catalog.lower(held.privilege_type),
                case when held.is_grantable then '*' end,
                pg_catalog.pg_get_userbyid(held.grantor)
            ) as line
        ),
        'mapped users: ' || (
            select pg_catalog.string_agg(mapping.usename, ', ' order by mapping.usename)
            from pg_catalog.pg_user_mappings as mapping
            where mapping.srvid = server.oid
        )
    ) as text
from pg_catalog.pg_foreign_server as server
join pg_catalog.pg_foreign_data_wrapper as wrapper
    on wrapper.oid = server.srvfdw
where :'ignored'::text[] is not null
union all
select
    'language' as kind,
    pg_catalog.quote_ident(language.lanname) as name,
    pg_catalog.format(
        E'owner: %s\ntrusted: %s\nprivileges: %s',
        pg_catalog.pg_get_userbyid(language.lanowner),
        language.lanpltrusted,
        (
            select pg_catalog.string_agg(line, ' ' order by line collate "C")
            from pg_catalog.aclexplode(
                coalesce(language.lanacl, pg_catalog.acldefault('l', language.lanowner))
            ) as held
            cross join lateral pg_catalog.format(
                '%s=%s%s/%s',
                case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
                pg_catalog.lower(held.privilege_type),
                case when held.is_grantable then '*' end,
                pg_catalog.pg_get_userbyid(held.grantor)
            ) as line
        )
    ) as text
from pg_catalog.pg_language as language
where language.lanispl
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_language'::pg_catalog.regclass
            and part.objid = language.oid
            and part.deptype = 'e'
    )
