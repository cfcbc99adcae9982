-- title: What a session has counted and not handed on to the statistics yet
--
-- Scans of tables and of their indexes, rows that it wrote, calls of functions (in the place of scans). What was
-- rolled back is among them.

select
    'relation' as kind,
    coalesce(index.indrelid, counted.oid)::bigint as oid,
    sum(counted.scans)::bigint as scans,
    sum(counted.inserted)::bigint as inserted,
    sum(counted.updated)::bigint as updated,
    sum(counted.deleted)::bigint as deleted
from (
    select
        relation.oid,
        pg_catalog.pg_stat_get_xact_numscans(relation.oid) as scans,
        pg_catalog.pg_stat_get_xact_tuples_inserted(relation.oid) as inserted,
        pg_catalog.pg_stat_get_xact_tuples_updated(relation.oid) as updated,
        pg_catalog.pg_stat_get_xact_tuples_deleted(relation.oid) as deleted
    from pg_catalog.pg_class as relation
    where relation.oid >= 16384
        and relation.relkind in ('r', 'm', 'i')
    offset 0
) as counted
left join pg_catalog.pg_index as index on index.indexrelid = counted.oid
where counted.scans > 0
    or counted.inserted > 0
    or counted.updated > 0
    or counted.deleted > 0
group by 2
union all
select
    'function',
    called.oid::bigint,
    called.calls,
    0,
    0,
    0
from (
    select routine.oid, pg_catalog.pg_stat_get_xact_function_calls(routine.oid) as calls
    from pg_catalog.pg_proc as routine
    where routine.oid >= 16384
    offset 0
) as called
where called.calls > 0
