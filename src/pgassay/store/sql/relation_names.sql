-- The tables of these numbers, by name.
select relation.oid::bigint, pg_catalog.format('%I.%I', space.nspname, relation.relname) as name
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
where relation.oid::bigint = any (:'oids'::bigint[])
