-- Tables and sequences that this role does not see as a whole: it may not read them, or a policy holds for it.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    case
        when relation.relkind <> 'S' and pg_catalog.row_security_active(relation.oid) then 'policies'
        else 'privileges'
    end as reason
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind in ('r', 'p', 'S')
    and relation.relpersistence <> 't'
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
    and (
        (relation.relkind <> 'S' and pg_catalog.row_security_active(relation.oid))
        or not pg_catalog.has_schema_privilege(space.oid, 'usage')
        or not case
            when relation.relkind = 'S' then pg_catalog.has_sequence_privilege(relation.oid, 'select')
            else pg_catalog.has_table_privilege(relation.oid, 'select')
        end
    )
order by name
