-- section: indexes
-- title: an index dropped

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    index.oid,
    pg_catalog.format('%I.%I', home.nspname, index.relname) as subject,
    pg_catalog.format('%I.%I', table_home.nspname, relation.relname) as object,
    index.relname as name,
    pg_catalog.format('the index %I of %I.%I is gone', index.relname, table_home.nspname, relation.relname)
        as description,
    pg_catalog.format('drop index %I.%I', home.nspname, index.relname) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_index as facts
join pg_catalog.pg_class as index
    on index.oid = facts.indexrelid
join pg_catalog.pg_namespace as home
    on home.oid = index.relnamespace
join pg_catalog.pg_class as relation
    on relation.oid = facts.indrelid
join pg_catalog.pg_namespace as table_home
    on table_home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and not facts.indisunique
    and not index.relispartition
    and not exists (
        select from pg_catalog.pg_constraint as rule where rule.conindid = index.oid and rule.contype in ('p', 'u', 'x')
    );
