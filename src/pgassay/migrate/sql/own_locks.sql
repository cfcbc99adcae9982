-- The locks on relations that this session holds.
select relation::bigint, mode
from pg_catalog.pg_locks
where pid = pg_catalog.pg_backend_pid()
    and locktype = 'relation'
    and granted
    and relation >= 16384
    and mode <> 'SIReadLock'
