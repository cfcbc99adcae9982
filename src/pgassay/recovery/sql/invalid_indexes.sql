-- Indexes that the server does not use, or does not maintain.
select pg_catalog.format('%I.%I', space.nspname, relation.relname) as name
from pg_catalog.pg_index as index
join pg_catalog.pg_class as relation
    on relation.oid = index.indexrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where not (index.indisvalid and index.indisready and index.indislive)
    and space.nspname !~ '^pg_'
order by name
