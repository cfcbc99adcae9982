-- title: The roles of a server as statements that make them elsewhere, without passwords, then who is whose member.
select 1 as place, pg_catalog.format('create role %I', role.rolname) as statement
from pg_catalog.pg_roles as role
where role.rolname !~ '^pg_'
union all
select
    2,
    pg_catalog.format(
        'alter role %I %s %s %s %s',
        role.rolname,
        case when role.rolsuper then 'superuser' else 'nosuperuser' end,
        case when role.rolinherit then 'inherit' else 'noinherit' end,
        case when role.rolbypassrls then 'bypassrls' else 'nobypassrls' end,
        case when role.rolcreaterole then 'createrole' else 'nocreaterole' end
    )
from pg_catalog.pg_roles as role
where role.rolname !~ '^pg_'
    and role.rolname <> 'postgres'
union all
select 3, pg_catalog.format('grant %I to %I', parent.rolname, child.rolname)
from pg_catalog.pg_auth_members as held
join pg_catalog.pg_roles as parent
    on parent.oid = held.roleid
join pg_catalog.pg_roles as child
    on child.oid = held.member
where child.rolname !~ '^pg_'
order by place, statement
