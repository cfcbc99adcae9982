-- Sessions of others that wait for a lock behind one of ours, what for, and how long they have by now. The
-- text of their queries is not asked for: it is none of our business, and may hold what must not be stored.
select
    waiting.pid,
    coalesce(session.application_name, '') as application,
    blocker.pid as blocker,
    coalesce(pg_catalog.format('%I.%I', space.nspname, wanted.relname), waiting.locktype) as relation,
    waiting.mode,
    coalesce(
        extract(epoch from pg_catalog.clock_timestamp() - waiting.waitstart) * 1000, 0
    )::integer as waited_ms
from pg_catalog.pg_locks as waiting
cross join lateral unnest(pg_catalog.pg_blocking_pids(waiting.pid)) as blocker (pid)
left join pg_catalog.pg_stat_activity as session on session.pid = waiting.pid
left join lateral (
    -- Who waits for a row waits for a transaction; the row's table is in the tuple lock that is held meanwhile.
    select held.relation
    from pg_catalog.pg_locks as held
    where held.pid = waiting.pid
        and held.locktype = 'tuple'
    limit 1
) as tuple on true
left join pg_catalog.pg_class as wanted on wanted.oid = coalesce(waiting.relation, tuple.relation)
left join pg_catalog.pg_namespace as space on space.oid = wanted.relnamespace
where not waiting.granted
    and blocker.pid = any (:'ours'::integer[])
    and waiting.pid <> all (:'ours'::integer[])
