-- title: The roles there are, whether policies hold for each, and whose rights each has

select
    role.oid::bigint,
    role.rolname::text as name,
    role.rolsuper or role.rolbypassrls as free,
    array(
        select other.oid::bigint
        from pg_catalog.pg_roles as other
        where pg_catalog.pg_has_role(role.oid, other.oid, 'usage')
    ) as rights
from pg_catalog.pg_roles as role
where role.rolname !~ '^pg_'
