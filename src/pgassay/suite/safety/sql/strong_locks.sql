-- Locks that ours hold or wait for, stronger than reading and writing rows takes, on relations that others can
-- see: what the transaction itself made is not in anybody else's catalog yet.
select
    held.pid,
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as relation,
    held.mode
from pg_catalog.pg_locks as held
join pg_catalog.pg_class as relation on relation.oid = held.relation
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
where held.pid = any (:'ours'::integer[])
    and held.locktype = 'relation'
    and relation.relkind in ('r', 'p', 'm', 'v', 'f', 'S')
    and space.nspname not like 'pg\_toast%'
    and held.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
    and held.database in (
        0, (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
    )
-- The strongest first.
order by
    held.pid,
    2,
    array_position(
        array[
            'AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
            'ShareUpdateExclusiveLock'
        ],
        held.mode
    )
