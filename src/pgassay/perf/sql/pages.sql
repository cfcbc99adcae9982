-- title: The size of relations, in blocks

select
    n.nspname || '.' || c.relname,
    (pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint)::bigint
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'm')
    and n.nspname || '.' || c.relname = any (:'names'::text[]);
