-- title: The functions that this transaction has called, where the server keeps count

select touched.funcid as oid
from pg_catalog.pg_stat_xact_user_functions as touched
where touched.calls > 0;
