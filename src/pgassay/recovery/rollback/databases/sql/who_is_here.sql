-- Which database a connection has come to, and what it can read there.
select
    (
        select database.oid::bigint
        from pg_catalog.pg_database as database
        where database.datname = pg_catalog.current_database()
    ) as oid,
    pg_catalog.count(*) as tables,
    pg_catalog.count(*) filter (where pg_catalog.has_table_privilege(relation.oid, 'select')) as readable
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind = 'r'
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
