-- title: The schemas whose objects may be mutated, and of which schema the functions may not
--
-- Neither the system's, nor a session's own, nor those that pgassay keeps its records and pgTAP in.
-- ``spared``: pgTAP lives here as plain objects, which are not told from the functions of the database.

select
    home.oid,
    home.nspname as schema,
    exists (
        select
        from pg_catalog.pg_proc as plan
        where plan.pronamespace = home.oid
            and plan.proname = 'pgtap_version'
            and not exists (
                select
                from pg_catalog.pg_depend as membership
                where membership.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                    and membership.objid = plan.oid
                    and membership.deptype = 'e'
            )
    ) as spared
from pg_catalog.pg_namespace as home
where home.nspname !~ '^pg_'
    and home.nspname <> 'information_schema'
    and home.nspname <> all (:'ours'::name[])
    and coalesce(pg_catalog.obj_description(home.oid, 'pg_namespace') !~ '^pgTAP .* put here by pgassay$', true)
    and not exists (
        select
        from pg_catalog.pg_depend as membership
        where membership.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
            and membership.objid = home.oid
            and membership.deptype = 'e'
    )
order by home.nspname;
