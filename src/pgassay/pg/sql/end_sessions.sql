-- title: End sessions, and wait until they have

select pg_catalog.pg_terminate_backend(ending.pid, :'patience_ms'::bigint)
from pg_catalog.unnest(:'sessions'::integer[]) as ending (pid);
