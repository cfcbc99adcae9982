-- title: The names of functions, by their numbers

select routine.oid, routine.oid::pg_catalog.regprocedure::text as name
from pg_catalog.pg_proc as routine
where routine.oid = any (:'oids'::pg_catalog.oid[]);
