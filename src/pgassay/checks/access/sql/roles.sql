-- title: Roles that people or programs use the database as
--
-- The roles of an API that changes into them, and roles that log in. Those that may do anything are no
-- question, and neither is the role that only logs in to become another.

select
    r.rolname as role,
    (r.rolname = any (:'api'::name[]))::integer as api,
    (r.rolname = 'authenticated')::integer as personal
from pg_catalog.pg_roles as r
where not r.rolsuper
    and r.rolname !~ '^pg_'
    and (
        r.rolname = any (:'api'::name[])
        or (
            r.rolcanlogin
            and r.rolname <> all (:'managed'::name[])
            and r.rolname <> current_user
            and pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'connect')
        )
    )
order by api desc, pg_catalog.array_position(:'api'::name[], r.rolname), r.rolname;
