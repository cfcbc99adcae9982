-- section: privileges
-- title: EXECUTE on a function granted to everyone

select
    'pg_catalog.pg_proc'::pg_catalog.regclass as class,
    routine.oid,
    routine.oid::pg_catalog.regprocedure::text as subject,
    routine.oid::pg_catalog.regprocedure::text as object,
    routine.proname as name,
    pg_catalog.format('everyone may execute %s', routine.oid::pg_catalog.regprocedure) as description,
    pg_catalog.format('grant execute on routine %s to public', routine.oid::pg_catalog.regprocedure) as ddl,
    array[]::pg_catalog.oid[] as relations,
    array[routine.oid] as functions
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as home
    on home.oid = routine.pronamespace
where home.nspname = any (:'schemas'::name[])
    and routine.proacl is not null
    and not exists (
        select from pg_catalog.aclexplode(routine.proacl) as held where held.grantee = 0
    );
