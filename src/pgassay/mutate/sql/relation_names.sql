-- title: The names of tables, by their numbers

select relation.oid, pg_catalog.format('%I.%I', home.nspname, relation.relname) as name
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where relation.oid = any (:'oids'::pg_catalog.oid[]);
