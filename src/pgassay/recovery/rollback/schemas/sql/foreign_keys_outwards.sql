-- Foreign keys of tables in these schemas to tables that are in none of them.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as table,
    pg_catalog.format('%I.%I', home.nspname, referred.relname) as refers_to
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as relation
    on relation.oid = rule.conrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
join pg_catalog.pg_class as referred
    on referred.oid = rule.confrelid
join pg_catalog.pg_namespace as home
    on home.oid = referred.relnamespace
where rule.contype = 'f'
    and rule.conparentid = 0
    and space.nspname = any (:'schemas'::text[])
    and home.nspname <> all (:'schemas'::text[])
order by 2, 1
