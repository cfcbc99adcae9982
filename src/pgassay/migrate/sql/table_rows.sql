-- Tables and how many rows they are thought to have: -1 where nobody counted, a partitioned one with its parts.
select
    space.nspname::text,
    relation.relname::text,
    case
        when relation.relkind = 'p' then (
            select coalesce(sum(greatest(leaf.reltuples, 0)), 0)
            from pg_catalog.pg_partition_tree(relation.oid) as part
            join pg_catalog.pg_class as leaf
                on leaf.oid = part.relid
            where part.isleaf
        )
        -- A table that was never analyzed is judged by its pages.
        when relation.reltuples < 0 then case when relation.relpages = 0 and pg_catalog.pg_relation_size(relation.oid) = 0 then 0 else -1 end
        else relation.reltuples
    end::double precision as rows
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind in ('r', 'p', 'm')
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
