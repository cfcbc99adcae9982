-- title: What is known of a schema
--
-- ``ours`` when pgassay made it for pgTAP; ``objects`` counts what lives in it.

select
    pg_catalog.obj_description(home.oid, 'pg_namespace') ~ '^pgTAP [0-9.]+, put here by pgassay$' as ours,
    (select pg_catalog.count(*) from pg_catalog.pg_class where relnamespace = home.oid)
    + (select pg_catalog.count(*) from pg_catalog.pg_proc where pronamespace = home.oid)
    + (select pg_catalog.count(*) from pg_catalog.pg_type where typnamespace = home.oid) as objects
from pg_catalog.pg_namespace as home
where home.nspname = :'schema';
