-- Tables, views, materialized views, sequences and foreign tables, without their columns.
select
    case relation.relkind
        when 'r' then 'table'
        when 'p' then 'table'
        when 'v' then 'view'
        when 'm' then 'materialized view'
        when 'S' then 'sequence'
        when 'f' then 'foreign table'
    end as kind,
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(relation.relowner),
        'privileges: ' || acl.text,
        case relation.relpersistence when 'u' then 'persistence: unlogged' when 't' then 'persistence: temporary' end,
        'access method: ' || method.amname,
        'tablespace: ' || place.spcname,
        'options: ' || (
            select pg_catalog.string_agg(option, ' ' order by option collate "C")
            from pg_catalog.unnest(relation.reloptions) as option
        ),
        case
            when relation.relkind in ('r', 'p')
                then 'row security: '
                    || case when relation.relrowsecurity then 'enabled' else 'disabled' end
                    || case when relation.relforcerowsecurity then ', forced' else '' end
        end,
        case relation.relreplident
            when 'f' then 'replica identity: full'
            when 'n' then case when relation.relkind in ('r', 'p') then 'replica identity: nothing' end
            when 'i' then 'replica identity: an index'
        end,
        case when relation.reloftype <> 0 then 'of type: ' || pg_catalog.format_type(relation.reloftype, null) end,
        'partitioned by: ' || pg_catalog.pg_get_partkeydef(relation.oid),
        'partition: ' || pg_catalog.pg_get_expr(relation.relpartbound, relation.oid),
        'inherits: ' || (
            select pg_catalog.string_agg(
                pg_catalog.format(
                    '%I.%I%s',
                    home.nspname,
                    parent.relname,
                    case when inherits.inhdetachpending then ' (detach pending)' end
                ),
                ', '
                order by inherits.inhseqno
            )
            from pg_catalog.pg_inherits as inherits
            join pg_catalog.pg_class as parent
                on parent.oid = inherits.inhparent
            join pg_catalog.pg_namespace as home
                on home.oid = parent.relnamespace
            where inherits.inhrelid = relation.oid
        ),
        case when relation.relkind = 'm' and not relation.relispopulated then 'populated: no' end,
        'server: ' || (
            select pg_catalog.format('%s %s', server.srvname, array_to_string(remote.ftoptions, ' '))
            from pg_catalog.pg_foreign_table as remote
            join pg_catalog.pg_foreign_server as server
                on server.oid = remote.ftserver
            where remote.ftrelid = relation.oid
        ),
        'definition: ' || case when relation.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(relation.oid) end,
        'definition: ' || (
            select pg_catalog.format(
                '%s from %s to %s start %s by %s cache %s%s',
                pg_catalog.format_type(sequence.seqtypid, null),
                sequence.seqmin,
                sequence.seqmax,
                sequence.seqstart,
                sequence.seqincrement,
                sequence.seqcache,
                case when sequence.seqcycle then ' cycle' end
            )
            from pg_catalog.pg_sequence as sequence
            where sequence.seqrelid = relation.oid
        ),
        'owned by: ' || (
            select pg_catalog.format('%I.%I.%I', home.nspname, owner.relname, attribute.attname)
            from pg_catalog.pg_depend as part
            join pg_catalog.pg_class as owner
                on owner.oid = part.refobjid
            join pg_catalog.pg_namespace as home
                on home.oid = owner.relnamespace
            join pg_catalog.pg_attribute as attribute
                on attribute.attrelid = part.refobjid
                and attribute.attnum = part.refobjsubid
            where relation.relkind = 'S'
                and part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and part.objid = relation.oid
                and part.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and part.deptype in ('a', 'i')
        ),
        'comment: ' || pg_catalog.obj_description(relation.oid, 'pg_class')
    ) as text
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
left join pg_catalog.pg_am as method
    on method.oid = relation.relam
left join pg_catalog.pg_tablespace as place
    on place.oid = relation.reltablespace
cross join lateral (
    select pg_catalog.string_agg(line, ' ' order by line collate "C") as text
    from pg_catalog.aclexplode(
        coalesce(
            relation.relacl,
            pg_catalog.acldefault(case relation.relkind when 'S' then 's' else 'r' end::"char", relation.relowner)
        )
    ) as held
    cross join lateral pg_catalog.format(
        '%s=%s%s/%s',
        case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
        pg_catalog.lower(held.privilege_type),
        case when held.is_grantable then '*' end,
        pg_catalog.pg_get_userbyid(held.grantor)
    ) as line
) as acl
where relation.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
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
