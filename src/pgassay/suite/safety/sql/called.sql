-- How often this transaction has called each function, where the server counts calls.
select
    pg_catalog.format('%I.%I', space.nspname, called.proname) as name,
    sum(pg_catalog.pg_stat_get_xact_function_calls(called.oid))::bigint as calls
from pg_catalog.pg_proc as called
join pg_catalog.pg_namespace as space on space.oid = called.pronamespace
where pg_catalog.current_setting('track_functions') <> 'none'
    and called.oid >= 16384
    and pg_catalog.pg_stat_get_xact_function_calls(called.oid) > 0
group by 1
order by 1
