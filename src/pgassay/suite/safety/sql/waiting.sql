-- Sessions of others that wait for a lock behind one of ours, what for, and how long they have by now. The
-- text of their queries is not asked for: it is none of our business, and may hold what must not be stored.
-- It is asked very often: the functions behind pg_locks and pg_stat_activity are planned in a third of the time.
select
    waiting.pid,
    coalesce(
        (select session.application_name from pg_catalog.pg_stat_get_activity(waiting.pid) as session), ''
    ) as application,
    blocker.pid as blocker,
    coalesce(
        (
            select pg_catalog.format('%I.%I', space.nspname, wanted.relname)
            from pg_catalog.pg_class as wanted
            join pg_catalog.pg_namespace as space on space.oid = wanted.relnamespace
            where wanted.oid = coalesce(
                waiting.relation,
                (
                    -- Who waits for a row waits for a transaction; the row's table is in the tuple lock that is
                    -- held meanwhile.
                    select held.relation
                    from pg_catalog.pg_lock_status() as held
                    where held.pid = waiting.pid
                        and held.locktype = 'tuple'
                    limit 1
                )
            )
        ),
        waiting.locktype
    ) as relation,
    waiting.mode,
    coalesce(
        extract(epoch from pg_catalog.clock_timestamp() - waiting.waitstart) * 1000, 0
    )::integer as waited_ms,
    waiting.virtualtransaction
from pg_catalog.pg_lock_status() as waiting
cross join lateral unnest(pg_catalog.pg_blocking_pids(waiting.pid)) as blocker (pid)
where not waiting.granted
    and blocker.pid = any (:'ours'::integer[])
    and waiting.pid <> all (:'ours'::integer[])
