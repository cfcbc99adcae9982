-- Ask a session to end.
select pg_catalog.pg_terminate_backend(:'pid'::integer)
