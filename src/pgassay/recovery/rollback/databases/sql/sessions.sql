-- Who is in these databases, and whether this role may end them. The server ends its own cleaning workers by itself:
-- they have no role. What kind of process another role's is, not everybody may see.
select
    session.pid,
    coalesce(session.usename::text, '') as role,
    coalesce(session.application_name, '') as application,
    me.rolsuper
        or not other.rolsuper
        and (
            pg_catalog.pg_has_role(session.usesysid, 'usage')
            or pg_catalog.pg_has_role('pg_signal_backend', 'usage')
        ) as may_end
from pg_catalog.pg_stat_activity as session
cross join pg_catalog.pg_roles as me
left join pg_catalog.pg_roles as other
    on other.oid = session.usesysid
where session.datname = any (:'databases'::name[])
    and session.pid <> pg_catalog.pg_backend_pid()
    and session.usesysid is not null
    and coalesce(session.backend_type, '') <> 'parallel worker'
    and me.rolname = current_user
