-- title: Connections that are free
-- level: failed
-- parameter: warning = 10 (number) connections below which there is a warning
-- parameter: failed = 3 (number) connections below which it is a failure: tests and their watchdog need so many
-- help: Close idle sessions, let applications share a pool, or raise the limit that is met first.
--
-- Of the server's limit, those that are reserved for superusers (and on 16 or later for pg_use_reserved_connections)
-- do not count. The limits of the database and of the role count, too. How full the server is in the eyes of its
-- operators is for connection_saturation.

with used as (
    select
        pg_catalog.sum(d.numbackends) as on_server,
        pg_catalog.sum(d.numbackends) filter (where d.datname = current_database()) as in_database
    from pg_catalog.pg_stat_database as d
),

free as (
    select
        'server' as object,
        current_setting('max_connections')::pg_catalog.int8
        - current_setting('superuser_reserved_connections')::pg_catalog.int8
        - coalesce(current_setting('reserved_connections', true), '0')::pg_catalog.int8
        - used.on_server as number
    from used
    union all
    select format('database %I', d.datname), d.datconnlimit - used.in_database
    from pg_catalog.pg_database as d, used
    where d.datname = current_database() and d.datconnlimit >= 0
    union all
    select
        format('role %I', r.rolname),
        r.rolconnlimit
        - (select pg_catalog.count(*) from pg_catalog.pg_stat_activity as a where a.usesysid = r.oid)
    from pg_catalog.pg_roles as r
    where r.rolname = current_user and r.rolconnlimit >= 0
)

select
    free.object,
    format('%s connections are free', free.number) as detail,
    case
        when free.number < :'failed'::pg_catalog.int8 then 'failed'
        when free.number < :'warning'::pg_catalog.int8 then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('free', free.number) as metadata
from free;

-- breaks: fewer than tests need
-- with: failed = 1000000

-- breaks: few
-- with: warning = 1000000
-- expect: warning

-- breaks: a role with a limit of its own, of which no session uses any
create role narrow_role connection limit 1;
grant narrow_role to current_user;
set local role narrow_role;

-- holds: enough
-- with: warning = 2
-- with: failed = 1
