-- The functions of some names without arguments, and what is noted on them.
select
    p.proname as name,
    coalesce(pg_catalog.obj_description(p.oid, 'pg_proc'), '') as comment
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname = 'prod_test_schema'
    and p.pronargs = 0
    and p.proname = any (:'names'::name[])
