-- In which order a relation has its columns: SELECT *, COPY and INSERT without a list depend on it.
select
    'column order' as kind,
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.string_agg(pg_catalog.quote_ident(attribute.attname), ', ' order by attribute.attnum) as text
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as relation
    on relation.oid = attribute.attrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where attribute.attnum > 0
    and not attribute.attisdropped
    and relation.relkind in ('r', 'p', 'f', 'c')
    and space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
group by space.nspname, relation.relname
