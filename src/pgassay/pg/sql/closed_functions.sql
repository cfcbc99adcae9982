-- title: Functions of a schema that not everybody may call
--
-- Default privileges of the database may take EXECUTE from PUBLIC. The roles under test call pgTAP, too.

select pg_catalog.count(*)
from pg_catalog.pg_proc as function
join pg_catalog.pg_namespace as home
    on home.oid = function.pronamespace
where home.nspname = :'schema'
    and not pg_catalog.has_function_privilege('public', function.oid, 'execute');
