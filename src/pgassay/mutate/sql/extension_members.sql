-- title: The objects that belong to an extension, and what depends on their tables
--
-- A constraint or a trigger of an extension's table is no member by itself, but goes with the table.

select membership.classid::pg_catalog.regclass as class, membership.objid as oid
from pg_catalog.pg_depend as membership
where membership.deptype = 'e'
    and membership.classid in (
        'pg_catalog.pg_class'::pg_catalog.regclass,
        'pg_catalog.pg_proc'::pg_catalog.regclass,
        'pg_catalog.pg_type'::pg_catalog.regclass,
        'pg_catalog.pg_namespace'::pg_catalog.regclass
    )
union
select part.classid::pg_catalog.regclass, part.objid
from pg_catalog.pg_depend as membership
join pg_catalog.pg_depend as part
    on part.refclassid = membership.classid
    and part.refobjid = membership.objid
where membership.deptype = 'e'
    and membership.classid in ('pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass)
    and part.classid in (
        'pg_catalog.pg_class'::pg_catalog.regclass,
        'pg_catalog.pg_constraint'::pg_catalog.regclass,
        'pg_catalog.pg_policy'::pg_catalog.regclass,
        'pg_catalog.pg_trigger'::pg_catalog.regclass
    );
