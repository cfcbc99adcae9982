-- The tables that this transaction has locked as TRUNCATE and changes of their definition do.
select distinct pg_catalog.format('%I.%I', space.nspname, relation.relname) as name
from pg_catalog.pg_locks as held
join pg_catalog.pg_class as relation on relation.oid = held.relation
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
where held.pid = pg_catalog.pg_backend_pid()
    and held.locktype = 'relation'
    and held.mode = 'AccessExclusiveLock'
    and relation.relkind in ('r', 'p', 'm')
    and relation.relpersistence <> 't'
order by 1
