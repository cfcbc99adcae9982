-- Of these roles, those that this one cannot give anything to: it is no member of them, or they are not there.
select wanted.name
from pg_catalog.unnest(:'owners'::text[]) as wanted (name)
left join pg_catalog.pg_roles as role
    on role.rolname = wanted.name
where not coalesce(pg_catalog.pg_has_role(role.oid, 'member'), false)
order by wanted.name
