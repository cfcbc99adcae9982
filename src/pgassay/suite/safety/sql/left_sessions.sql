-- Which of these sessions are still there. Those of a pooler stay; none may be in a transaction of ours.
select session.pid
from pg_catalog.pg_stat_activity as session
where session.pid = any (:'pids'::integer[])
    and session.application_name like 'pgassay test%'
    and (session.pid <> all (:'pooled'::integer[]) or session.state <> 'idle')
