-- What a connection finds: the schemas that were set aside, and of the tables in the others those that can be read.
select
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_namespace as space
        where space.nspname = any (:'asides'::text[])
    ) as asides,
    pg_catalog.count(*) as tables,
    pg_catalog.count(*) filter (where pg_catalog.has_table_privilege(relation.oid, 'select')) as readable
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind in ('r', 'p')
    and space.nspname = any (:'schemas'::text[])
