-- title: Connections in use
-- level: failed
-- parameter: warning_percent = 80 (number) share of the connections in use from which it is DEGRADED
-- parameter: failed_percent = 95 (number) share from which it is UNHEALTHY
-- help: Find who holds them (select usename, application_name, state, count(*) from pg_stat_activity
--   group by 1, 2, 3), put a pooler in front, or raise max_connections.
--
-- Compares with what ordinary roles can get: connections that are reserved for superusers do not count.
-- Limits of the database and of roles are looked at, too.

with allowed as (
    select
        current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int as connections
),
place as (
    select 'server' as object, sum(s.numbackends) as used, (select connections from allowed) as most
    from pg_catalog.pg_stat_database as s
    union all
    select format('database %I', d.datname), s.numbackends, d.datconnlimit
    from pg_catalog.pg_database as d
    join pg_catalog.pg_stat_database as s on s.datid = d.oid
    where d.datconnlimit > 0
    union all
    select format('role %I', r.rolname), count(a.pid), r.rolconnlimit
    from pg_catalog.pg_roles as r
    left join pg_catalog.pg_stat_activity as a on a.usesysid = r.oid
    where r.rolconnlimit > 0
    group by r.rolname, r.rolconnlimit
)
select
    object,
    format('in use: %s of %s (%s %%)', used, most, round(100.0 * used / most)) as detail,
    case
        when 100.0 * used / most >= :'failed_percent'::numeric then 'failed'
        when 100.0 * used / most >= :'warning_percent'::numeric then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('used', used, 'allowed', most) as metadata
from place
where most > 0;

-- breaks: more than a share of nothing
-- with: failed_percent = 0

-- breaks: a role at its limit
-- with: failed_percent = 90
do $$ begin execute format('alter role %I connection limit 1', session_user); end $$;

-- holds: an idle server
