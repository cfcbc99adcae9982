-- section: privileges
-- title: EXECUTE on a function revoked
--
-- Only where it was granted; what every function starts with is nobody's decision.

select
    'pg_catalog.pg_proc'::pg_catalog.regclass as class,
    routine.oid,
    pg_catalog.format('%s.%s', routine.oid::pg_catalog.regprocedure, grantee.name) as subject,
    routine.oid::pg_catalog.regprocedure::text as object,
    routine.proname as name,
    pg_catalog.format('%s may not execute %s', grantee.name, routine.oid::pg_catalog.regprocedure) as description,
    pg_catalog.format('revoke execute on routine %s from %s', routine.oid::pg_catalog.regprocedure, grantee.name)
        as ddl,
    array[]::pg_catalog.oid[] as relations,
    array[routine.oid] as functions
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as home
    on home.oid = routine.pronamespace
cross join lateral pg_catalog.aclexplode(routine.proacl) as held
cross join lateral (
    select case when held.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee)) end
) as grantee (name)
where home.nspname = any (:'schemas'::name[])
    and held.grantee <> routine.proowner
    and held.grantor = routine.proowner;
