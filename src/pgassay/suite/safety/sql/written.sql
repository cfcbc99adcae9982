-- How many rows this transaction has written so far to tables that were there before it, from its own statistics,
-- rolled-back savepoints included. Nobody else can hold a lock on a table that is locked exclusively: those are
-- its own, and go with it.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    (
        pg_catalog.pg_stat_get_xact_tuples_inserted(relation.oid)
        + pg_catalog.pg_stat_get_xact_tuples_updated(relation.oid)
        + pg_catalog.pg_stat_get_xact_tuples_deleted(relation.oid)
    ) as written
from (
    select held.relation as oid
    from pg_catalog.pg_locks as held
    where held.pid = pg_catalog.pg_backend_pid()
        and held.locktype = 'relation'
    group by held.relation
    having
        pg_catalog.bool_or(held.mode = 'RowExclusiveLock')
        and not pg_catalog.bool_or(held.mode = 'AccessExclusiveLock')
) as locked
join pg_catalog.pg_class as relation on relation.oid = locked.oid
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
where relation.relkind in ('r', 'm')
    and relation.relpersistence <> 't'
    and space.nspname <> 'pg_catalog'
