-- title: Whether there is a table of users as Supabase keeps it, with an id that is a UUID

select (count(*) > 0)::integer as found
from pg_catalog.pg_attribute as a
where a.attrelid = pg_catalog.to_regclass('auth.users')
    and a.attname = 'id'
    and a.atttypid = 'pg_catalog.uuid'::pg_catalog.regtype
    and not a.attisdropped;
