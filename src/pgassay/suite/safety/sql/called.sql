-- The functions that this transaction has called, where the server counts calls.
select distinct pg_catalog.format('%I.%I', called.schemaname, called.funcname) as name
from pg_catalog.pg_stat_xact_user_functions as called
where called.calls > 0
order by 1
