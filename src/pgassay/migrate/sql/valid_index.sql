-- Whether a table has an index of that name that can be used.
select exists (
    select
    from pg_catalog.pg_index as index
    join pg_catalog.pg_class as relation
        on relation.oid = index.indexrelid
    join pg_catalog.pg_class as base
        on base.oid = index.indrelid
    where relation.relname = :'name'
        and base.relname = :'table'
        and index.indisvalid
        and index.indisready
) as there
