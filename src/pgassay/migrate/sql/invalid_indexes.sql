-- Indexes that cannot be used, as a failed CREATE INDEX CONCURRENTLY leaves them, and how each is removed.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    relation.relname::text as bare,
    pg_catalog.format('drop index concurrently if exists %I.%I', space.nspname, relation.relname) as removal
from pg_catalog.pg_index as index
join pg_catalog.pg_class as relation
    on relation.oid = index.indexrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where not (index.indisvalid and index.indisready)
    and relation.relkind = 'i'
    and space.nspname !~ '^pg_toast'
