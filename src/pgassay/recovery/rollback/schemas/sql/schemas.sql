-- The schemas of the database: whose they are, whether this role may rename each, and what their comments say.
select
    space.nspname::text as name,
    pg_catalog.pg_get_userbyid(space.nspowner)::text as owner,
    pg_catalog.pg_has_role(space.nspowner, 'usage') as owned,
    exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
            and part.objid = space.oid
            and part.deptype = 'e'
    ) as of_extension,
    pg_catalog.obj_description(space.oid, 'pg_namespace') as comment
from pg_catalog.pg_namespace as space
where space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
order by space.nspname
