-- How many transactions began since the oldest snapshot that ours still need: so long nothing was vacuumed.
select session.pid, pg_catalog.age(session.backend_xmin)::integer as age
from pg_catalog.pg_stat_activity as session
where session.pid = any (:'ours'::integer[])
    and session.backend_xmin is not null
