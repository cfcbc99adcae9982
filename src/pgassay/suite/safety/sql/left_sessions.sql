-- Which of these sessions, by process and start, are still there.
select session.pid
from pg_catalog.pg_stat_activity as session
where session.pid = any (:'pids'::integer[])
    and session.application_name like 'pgassay test%'
