-- Indexes, those of constraints too, with whether they are valid: pg_dump passes over one that is not.
select
    'index' as kind,
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'definition: ' || pg_catalog.pg_get_indexdef(index.indexrelid),
        'valid: ' || case when index.indisvalid and index.indisready and index.indislive then 'yes' else 'no' end,
        case when not index.indimmediate then 'deferrable: yes' end,
        case when index.indisclustered then 'clustered: yes' end,
        case when index.indisreplident then 'replica identity: yes' end,
        'tablespace: ' || place.spcname,
        'statistics: ' || (
            select pg_catalog.string_agg(pg_catalog.format('%s=%s', attribute.attnum, attribute.attstattarget), ' ' order by attribute.attnum)
            from pg_catalog.pg_attribute as attribute
            where attribute.attrelid = index.indexrelid
                and attribute.attstattarget >= 0
        ),
        'part of: ' || (
            select pg_catalog.format('%I.%I', home.nspname, parent.relname)
            from pg_catalog.pg_inherits as inherits
            join pg_catalog.pg_class as parent
                on parent.oid = inherits.inhparent
            join pg_catalog.pg_namespace as home
                on home.oid = parent.relnamespace
            where inherits.inhrelid = index.indexrelid
        ),
        'comment: ' || pg_catalog.obj_description(index.indexrelid, 'pg_class')
    ) as text
from pg_catalog.pg_index as index
join pg_catalog.pg_class as relation
    on relation.oid = index.indexrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
left join pg_catalog.pg_tablespace as place
    on place.oid = relation.reltablespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid in (index.indrelid, index.indexrelid)
            and part.deptype = 'e'
    )
