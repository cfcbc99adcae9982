-- title: Where pgTAP is, if it is here
--
-- Either as an extension or as plain objects, in any schema that this role may use; the one that
-- unqualified names find wins. Plain objects know their version only as major.minor, unless pgassay
-- put them there and noted it on the schema.

select
    home.nspname as schema,
    coalesce(
        extension.extversion,
        substring(
            pg_catalog.obj_description(home.oid, 'pg_namespace') from '^pgTAP ([0-9.]+), put here by pgassay$'
        ),
        substring(version.prosrc from '[0-9.]+')
    ) as version
from pg_catalog.pg_proc as plan
join pg_catalog.pg_namespace as home
    on home.oid = plan.pronamespace
join pg_catalog.pg_proc as version
    on version.pronamespace = home.oid
    and version.proname = 'pgtap_version'
left join pg_catalog.pg_depend as membership
    on membership.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    and membership.objid = plan.oid
    and membership.deptype = 'e'
left join pg_catalog.pg_extension as extension
    on extension.oid = membership.refobjid
where plan.proname = 'plan'
    and plan.proargtypes = '23'::pg_catalog.oidvector
    and pg_catalog.has_schema_privilege(home.oid, 'usage')
order by
    home.nspname = any(pg_catalog.current_schemas(false)) desc,
    extension.oid is not null desc,
    home.nspname
limit 1;
