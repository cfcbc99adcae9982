-- Columns of relations and of composite types; their order is a text of its own, since it matters less.
select
    'column' as kind,
    pg_catalog.format('%I.%I.%I', space.nspname, relation.relname, attribute.attname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'type: ' || pg_catalog.format_type(attribute.atttypid, attribute.atttypmod),
        'collation: ' || (
            select pg_catalog.format('%I.%I', home.nspname, rules.collname)
            from pg_catalog.pg_collation as rules
            join pg_catalog.pg_namespace as home
                on home.oid = rules.collnamespace
            where rules.oid = attribute.attcollation
                and rules.oid <> type.typcollation
        ),
        case when attribute.attnotnull then 'not null: yes' end,
        case attribute.attidentity when 'a' then 'identity: always' when 'd' then 'identity: by default' end,
        case attribute.attgenerated when 's' then 'generated: stored' when 'v' then 'generated: virtual' end,
        'default: ' || (
            select pg_catalog.pg_get_expr(value.adbin, value.adrelid)
            from pg_catalog.pg_attrdef as value
            where value.adrelid = attribute.attrelid
                and value.adnum = attribute.attnum
        ),
        case when attribute.attstorage <> type.typstorage then 'storage: ' || attribute.attstorage::text end,
        case when attribute.attcompression <> '' then 'compression: ' || attribute.attcompression::text end,
        -- Not set is -1 up to PostgreSQL 16, and null from then on.
        case when attribute.attstattarget >= 0 then 'statistics: ' || attribute.attstattarget end,
        'options: ' || pg_catalog.array_to_string(attribute.attoptions, ' '),
        'foreign options: ' || pg_catalog.array_to_string(attribute.attfdwoptions, ' '),
        case
            when attribute.attinhcount > 0
                then 'inherited: ' || case when attribute.attislocal then 'and declared here' else 'only' end
        end,
        'privileges: ' || acl.text,
        'comment: ' || pg_catalog.col_description(relation.oid, attribute.attnum)
    ) as text
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as relation
    on relation.oid = attribute.attrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
join pg_catalog.pg_type as type
    on type.oid = attribute.atttypid
cross join lateral (
    select pg_catalog.string_agg(line, ' ' order by line collate "C") as text
    from pg_catalog.aclexplode(attribute.attacl) as held
    cross join lateral pg_catalog.format(
        '%s=%s%s/%s',
        case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
        pg_catalog.lower(held.privilege_type),
        case when held.is_grantable then '*' end,
        pg_catalog.pg_get_userbyid(held.grantor)
    ) as line
) as acl
where attribute.attnum > 0
    and not attribute.attisdropped
    and relation.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
    and space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
