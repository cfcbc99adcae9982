-- section: functions
-- title: a strict function called on NULL, too

select
    'pg_catalog.pg_proc'::pg_catalog.regclass as class,
    routine.oid,
    routine.oid::pg_catalog.regprocedure::text as subject,
    routine.oid::pg_catalog.regprocedure::text as object,
    routine.proname as name,
    pg_catalog.format('%s is called on NULL, too', routine.oid::pg_catalog.regprocedure) as description,
    pg_catalog.format('alter routine %s called on null input', routine.oid::pg_catalog.regprocedure) as ddl,
    array[]::pg_catalog.oid[] as relations,
    array[routine.oid] as functions
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as home
    on home.oid = routine.pronamespace
where home.nspname = any (:'schemas'::name[])
    and routine.prokind in ('f', 'p')
    and routine.proisstrict;
