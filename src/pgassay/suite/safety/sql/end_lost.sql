-- Ends the session that holds a file's transaction still, because the server has not noticed yet that its
-- client is gone, and waits until it has ended.
select pg_catalog.pg_terminate_backend(session.pid, 5000) as ended
from pg_catalog.pg_stat_activity as session
where session.pid = :'pid'::text::integer
    and session.backend_xid::text = (:'transaction'::text::numeric % 4294967296)::bigint::text
