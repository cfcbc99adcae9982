-- The id of the innermost transaction of this session that has one: that of its last savepoint. Ids of savepoints
-- are in the lock table without their epoch, which is that of the whole transaction, or the next one.
select
    (
        whole.id - mod(whole.id, 4294967296) + held.id
        + case when held.id < mod(whole.id, 4294967296) then 4294967296 else 0 end
    )::text as transaction,
    pg_catalog.now()::text as began,
    pg_catalog.pg_backend_pid()::text as pid
from (
    select transactionid, transactionid::text::numeric as id
    from pg_catalog.pg_locks
    where pid = pg_catalog.pg_backend_pid()
        and locktype = 'transactionid'
        and mode = 'ExclusiveLock'
) as held
cross join (select pg_catalog.pg_current_xact_id()::text::numeric as id) as whole
order by pg_catalog.age(held.transactionid)
limit 1
