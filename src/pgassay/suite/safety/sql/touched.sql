-- The tables of the application that this transaction has read or written so far, rolled-back savepoints
-- included, from its own statistics. What pg_stat_xact_user_tables says, asked in a way that is planned sooner.
with indexed as (
    select indrelid, sum(pg_catalog.pg_stat_get_xact_numscans(indexrelid)) as scans
    from pg_catalog.pg_index
    where pg_catalog.pg_stat_get_xact_numscans(indexrelid) > 0
    group by indrelid
),
counted as (
    select
        relation.relnamespace,
        relation.relname,
        pg_catalog.pg_stat_get_xact_numscans(relation.oid) + coalesce(indexed.scans, 0) as scans,
        pg_catalog.pg_stat_get_xact_tuples_inserted(relation.oid) as inserted,
        pg_catalog.pg_stat_get_xact_tuples_updated(relation.oid) as updated,
        pg_catalog.pg_stat_get_xact_tuples_deleted(relation.oid) as deleted
    from pg_catalog.pg_class as relation
    left join indexed on indexed.indrelid = relation.oid
    where relation.relkind in ('r', 'm', 'p')
        and relation.relpersistence <> 't'
        and relation.oid >= 16384
)
select
    pg_catalog.format('%I.%I', space.nspname, counted.relname) as name,
    counted.scans,
    counted.inserted,
    counted.updated,
    counted.deleted
from counted
join pg_catalog.pg_namespace as space on space.oid = counted.relnamespace
where counted.scans > 0
    or counted.inserted > 0
    or counted.updated > 0
    or counted.deleted > 0
order by 1
