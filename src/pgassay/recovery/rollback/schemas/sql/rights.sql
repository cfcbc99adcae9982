-- Who we are in this database, whether schemas may be made in it, and which roles we are a member of.
select
    current_user::text as me,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create') as may_create,
    array(
        select role.rolname::text
        from pg_catalog.pg_roles as role
        where pg_catalog.pg_has_role(role.oid, 'member')
        order by role.rolname
    ) as roles
