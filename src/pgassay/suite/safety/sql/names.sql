-- The names that a file cannot make anew: schemas, types and extensions; and the roles whose rights a role has
-- anyway, so that becoming one of them gains nothing.
select
    array(select nspname from pg_catalog.pg_namespace)::text[] as schemas,
    array(
        select type.typname
        from pg_catalog.pg_type as type
        join pg_catalog.pg_namespace as space on space.oid = type.typnamespace
        where space.nspname <> 'information_schema'
            and space.nspname not like 'pg\_%'
    )::text[] as types,
    array(select extname from pg_catalog.pg_extension)::text[] as extensions,
    array(
        select rolname
        from pg_catalog.pg_roles
        where pg_catalog.pg_has_role(:'role'::text, oid, 'usage')
    )::text[] as lesser,
    pg_catalog.current_schemas(false)::text[] as path
