-- title: Which of some roles there are, and whether we may become them

select
    r.rolname as role,
    pg_catalog.pg_has_role(r.oid, 'member')::integer as ours
from pg_catalog.pg_roles as r
where r.rolname = any (:'roles'::name[]);
