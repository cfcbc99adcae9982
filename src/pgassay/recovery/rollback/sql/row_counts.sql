-- For each table the server's estimate of its rows, and for one that is not large a query that counts them.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    greatest(pg_catalog.pg_stat_get_live_tuples(relation.oid), relation.reltuples::bigint, 0) as estimate,
    case
        when relation.relpages < 20000
            then pg_catalog.format('select pg_catalog.count(*) from only %I.%I', space.nspname, relation.relname)
    end as query
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind = 'r'
    and relation.relpersistence <> 't'
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
order by name
