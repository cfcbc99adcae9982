-- The schemas themselves.
select format('create schema %I;', nspname)
from pg_namespace
where nspname = any(:'schemas'::text[])
order by nspname collate "C" desc
