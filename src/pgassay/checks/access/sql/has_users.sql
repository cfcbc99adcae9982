-- title: Whether there is a table of users as Supabase keeps it, with an id that is a UUID

select (count(*) > 0)::integer as found
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where (n.nspname, c.relname) = ('auth', 'users')
    and a.attname = 'id'
    and a.atttypid = 'pg_catalog.uuid'::pg_catalog.regtype
    and not a.attisdropped;
