-- How many transactions began since the oldest snapshot that ours still need: so long nothing was vacuumed. Between
-- two statements they need none, but the transaction's own id, which it has from the beginning, does the same.
select
    session.pid,
    greatest(
        pg_catalog.age(session.backend_xmin), pg_catalog.age(session.backend_xid)
    )::integer as age
from pg_catalog.pg_stat_activity as session
where session.pid = any (:'ours'::integer[])
    and coalesce(session.backend_xmin, session.backend_xid) is not null
