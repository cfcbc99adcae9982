-- title: Relations whose access can be tried
--
-- Not those of the system, of extensions, of pgassay itself and of a pgTAP that is no extension. ``bytes`` is what a partitioned table has in
-- its partitions, too. ``updatable`` has the bits of pg_relation_is_updatable: 4 UPDATE, 8 INSERT, 16 DELETE.
-- ``key`` are the columns of a key without nulls, the primary one first.

select
    c.oid::bigint as oid,
    pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
    case
        when c.relkind = 'r' and c.relispartition then 'partition'
        when c.relkind = 'p' and c.relispartition then 'partition'
        when c.relkind = 'r' then 'table'
        when c.relkind = 'p' then 'partitioned table'
        when c.relkind = 'v' then 'view'
        when c.relkind = 'm' then 'materialized view'
        else 'foreign table'
    end as kind,
    (pg_catalog.pg_has_role(c.relowner, 'usage'))::integer as owned,
    pg_catalog.pg_relation_is_updatable(c.oid, true) as updatable,
    case
        when c.relkind in ('r', 'm') then pg_catalog.pg_relation_size(c.oid)
        when c.relkind = 'p' then (
            select coalesce(pg_catalog.sum(pg_catalog.pg_relation_size(leaf.relid)), 0)
            from pg_catalog.pg_partition_tree(c.oid) as leaf
            where leaf.isleaf
        )
        else 0
    end::bigint as bytes,
    coalesce(
        (
            select pg_catalog.array_to_json(
                array(
                    select pg_catalog.quote_ident(a.attname)
                    from pg_catalog.unnest(i.indkey::smallint[]) with ordinality as part (attnum, place)
                    join pg_catalog.pg_attribute as a
                        on a.attrelid = c.oid
                        and a.attnum = part.attnum
                    where part.place <= i.indnkeyatts
                    order by part.place
                )
            )::text
            from pg_catalog.pg_index as i
            where i.indrelid = c.oid
                and i.indisunique
                and i.indisvalid
                and i.indpred is null
                and 0 <> all (i.indkey::smallint[])
                and not exists (
                    select
                    from pg_catalog.pg_attribute as a
                    where a.attrelid = c.oid
                        and a.attnum = any (i.indkey::smallint[])
                        and not a.attnotnull
                )
            order by i.indisprimary desc, i.indnkeyatts, i.indexrelid
            limit 1
        ),
        '[]'
    ) as key
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and c.relpersistence <> 't'
    and n.nspname <> 'information_schema'
    and n.nspname !~ '^pg_'
    and n.nspname <> all (:'ignored'::name[])
    and (:'schemas'::name[] = '{}' or n.nspname = any (:'schemas'::name[]))
    and not (c.relkind = 'v' and c.relname in ('tap_funky', 'pg_all_foreign_keys'))
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and d.objid = c.oid
            and d.deptype = 'e'
    )
order by n.nspname, c.relname;
