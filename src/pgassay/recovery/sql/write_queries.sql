-- For each table a statement that takes one row out and puts it back: through its indexes and its constraints.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.format(
        'with taken as (delete from only %1$I.%2$I where ctid = (select ctid from only %1$I.%2$I limit 1) returning %3$s)'
        ' insert into %1$I.%2$I (%3$s) overriding system value select %3$s from taken',
        space.nspname,
        relation.relname,
        pg_catalog.string_agg(pg_catalog.quote_ident(attribute.attname), ', ' order by attribute.attnum)
    ) as statement
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = relation.oid
    and attribute.attnum > 0
    and not attribute.attisdropped
    and attribute.attgenerated = ''
where relation.relkind = 'r'
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
group by space.nspname, relation.relname
order by name
