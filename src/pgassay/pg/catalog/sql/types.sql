-- Types that are declared as such: enums, domains, composite and range types, and those with functions in C.
select
    case type.typtype when 'd' then 'domain' else 'type' end as kind,
    pg_catalog.format('%I.%I', space.nspname, type.typname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(type.typowner),
        'privileges: ' || acl.text,
        'is: ' || case type.typtype
            when 'e' then 'enum'
            when 'c' then 'composite'
            when 'd' then pg_catalog.format_type(type.typbasetype, type.typtypmod)
            when 'r' then 'range'
            when 'p' then 'pseudo'
            else pg_catalog.format('%s %s %s', type.typinput, type.typoutput, type.typlen)
        end,
        'labels: ' || (
            select pg_catalog.string_agg(pg_catalog.quote_literal(label.enumlabel), ', ' order by label.enumsortorder)
            from pg_catalog.pg_enum as label
            where label.enumtypid = type.oid
        ),
        'range of: ' || (
            select pg_catalog.format(
                '%s, %s, %s',
                pg_catalog.format_type(span.rngsubtype, null),
                span.rngcanonical::pg_catalog.regproc,
                span.rngsubdiff::pg_catalog.regproc
            )
            from pg_catalog.pg_range as span
            where span.rngtypid = type.oid
        ),
        'collation: ' || (
            select rules.collname
            from pg_catalog.pg_collation as rules
            where rules.oid = type.typcollation
                and type.typtype = 'd'
                and rules.collname <> 'default'
        ),
        case when type.typnotnull then 'not null: yes' end,
        'default: ' || type.typdefault,
        'comment: ' || pg_catalog.obj_description(type.oid, 'pg_type')
    ) as text
from pg_catalog.pg_type as type
join pg_catalog.pg_namespace as space
    on space.oid = type.typnamespace
cross join lateral (
    select pg_catalog.string_agg(line, ' ' order by line collate "C") as text
    from pg_catalog.aclexplode(
        coalesce(type.typacl, pg_catalog.acldefault('T', type.typowner))
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
    and type.typtype <> 'm'
    and not (type.typelem <> 0 and type.typcategory = 'A')
    and (
        type.typrelid = 0
        or exists (
            select
            from pg_catalog.pg_class as relation
            where relation.oid = type.typrelid
                and relation.relkind = 'c'
        )
    )
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            and part.objid = type.oid
            and part.deptype = 'e'
    )
