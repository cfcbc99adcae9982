-- How often this transaction has called each function, where the server counts calls.
select
    pg_catalog.format('%I.%I', called.schemaname, called.funcname) as name,
    sum(called.calls)::bigint as calls
from pg_catalog.pg_stat_xact_user_functions as called
where called.calls > 0
group by 1
order by 1
