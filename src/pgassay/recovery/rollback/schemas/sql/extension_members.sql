-- How lines of an archive's table of contents begin that are about what belongs to an extension in these schemas: rights
-- on it, and rows of the tables that it has configured for that.
with member as (
    select part.classid, part.objid
    from pg_catalog.pg_depend as part
    where part.deptype = 'e'
        and part.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
)

select line.beginning
from member
join pg_catalog.pg_class as relation
    on member.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and relation.oid = member.objid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
cross join lateral (
    values
        (pg_catalog.format('TABLE DATA %s %s ', space.nspname, relation.relname)),
        (pg_catalog.format('SEQUENCE SET %s %s ', space.nspname, relation.relname)),
        (pg_catalog.format('ROW SECURITY %s %s ', space.nspname, relation.relname)),
        (pg_catalog.format('POLICY %s %s ', space.nspname, relation.relname)),
        (pg_catalog.format('ACL %s TABLE %s ', space.nspname, relation.relname)),
        (pg_catalog.format('ACL %s SEQUENCE %s ', space.nspname, relation.relname)),
        (pg_catalog.format('ACL %s COLUMN %s.', space.nspname, relation.relname))
) as line (beginning)
where space.nspname = any (:'schemas'::text[])
union all
select pg_catalog.format('ACL %s %s %s(%s) ', space.nspname, kind.name, function.proname, signature.text)
from member
join pg_catalog.pg_proc as function
    on member.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    and function.oid = member.objid
join pg_catalog.pg_namespace as space
    on space.oid = function.pronamespace
cross join lateral (
    select coalesce(pg_catalog.string_agg(pg_catalog.format_type(argument.type, null), ', ' order by argument.place), '') as text
    from pg_catalog.unnest(function.proargtypes) with ordinality as argument (type, place)
) as signature
cross join (
    values ('FUNCTION'), ('PROCEDURE'), ('AGGREGATE')
) as kind (name)
where space.nspname = any (:'schemas'::text[])
union all
select pg_catalog.format('ACL %s TYPE %s ', space.nspname, type.typname)
from member
join pg_catalog.pg_type as type
    on member.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
    and type.oid = member.objid
join pg_catalog.pg_namespace as space
    on space.oid = type.typnamespace
where space.nspname = any (:'schemas'::text[])
