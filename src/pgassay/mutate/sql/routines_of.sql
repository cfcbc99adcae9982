-- title: All functions in some schemas

select routine.oid
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as home
    on home.oid = routine.pronamespace
where home.nspname = any (:'schemas'::name[]);
