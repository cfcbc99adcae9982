-- Tables and what is like them, with the file that holds each; it is another one when a table was rewritten.
select
    relation.oid::bigint,
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.pg_relation_filenode(relation.oid)::bigint as file,
    relation.relkind::text as kind
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relkind in ('r', 'p', 'm', 'v', 'f', 'S')
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
