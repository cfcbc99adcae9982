-- The sequences that this transaction has taken values from: it keeps a lock on each until its end.
select distinct
    held.relation::text as oid,
    pg_catalog.format('%I.%I', space.nspname, sequence.relname) as name
from pg_catalog.pg_locks as held
join pg_catalog.pg_class as sequence on sequence.oid = held.relation
join pg_catalog.pg_namespace as space on space.oid = sequence.relnamespace
where held.pid = pg_catalog.pg_backend_pid()
    and held.locktype = 'relation'
    and sequence.relkind = 'S'
    and sequence.relpersistence <> 't'
order by 2
