-- What there are statistics of in these schemas; partitions go with the table that they are of.
select pg_catalog.format('%I.%I', space.nspname, relation.relname) as name
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind in ('r', 'p', 'm')
    and not relation.relispartition
    and space.nspname = any (:'schemas'::text[])
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
order by name
