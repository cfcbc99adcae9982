-- section: functions
-- title: a fixed search_path taken from a function

select
    'pg_catalog.pg_proc'::pg_catalog.regclass as class,
    routine.oid,
    routine.oid::pg_catalog.regprocedure::text as subject,
    routine.oid::pg_catalog.regprocedure::text as object,
    routine.proname as name,
    pg_catalog.format('%s resolves names by its caller''s search_path', routine.oid::pg_catalog.regprocedure) as description,
    pg_catalog.format('alter routine %s reset search_path', routine.oid::pg_catalog.regprocedure) as ddl,
    array[]::pg_catalog.oid[] as relations,
    array[routine.oid] as functions
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as home
    on home.oid = routine.pronamespace
where home.nspname = any (:'schemas'::name[])
    and routine.prokind in ('f', 'p')
    and exists (
        select from pg_catalog.unnest(routine.proconfig) as setting where setting like 'search\_path=%'
    );
