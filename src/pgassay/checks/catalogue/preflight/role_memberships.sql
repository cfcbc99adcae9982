-- title: What the role is
-- level: warning
-- help: create role pgassay login; grant pg_monitor to pgassay;
--
-- pgassay needs no superuser; a role of its own shows in pg_stat_activity who it is, and cannot do more harm than it was
-- granted. Without pg_monitor many health checks cannot look. A role past row-level security sees rows that nobody else
-- sees, which makes tests of policies prove nothing unless they change the role.

select
    format('%I', r.rolname) as object,
    said.detail,
    said.level,
    said.remediation
from pg_catalog.pg_roles as r
cross join lateral (
    select
        'is a superuser: everything is allowed to it' as detail,
        'warning' as level,
        null as remediation
    where r.rolsuper
    union all
    select 'passes row-level security (BYPASSRLS)', 'info', 'Tests of policies must change the role: set local role ...;'
    where r.rolbypassrls and not r.rolsuper
    union all
    select
        'is no member of pg_monitor, so checks of health see less',
        'warning',
        format('grant pg_monitor to %I;', r.rolname)
    where not pg_has_role(r.oid, 'pg_monitor', 'usage')
    union all
    select
        format(
            'is a member of %s',
            (
                select string_agg(format('%I', g.rolname), ', ' order by g.rolname)
                from pg_catalog.pg_roles as g
                where g.oid <> r.oid and pg_has_role(r.oid, g.oid, 'member')
            )
        ),
        'passed',
        null
    where not r.rolsuper and pg_has_role(r.oid, 'pg_monitor', 'usage')
) as said
where r.rolname = current_user;

-- breaks: a superuser

-- breaks: a role that may not look
create role plain_role;
set local role plain_role;

-- holds: a role of its own that may look
create role watching_role in role pg_monitor;
set local role watching_role;
