-- Name a point that a point-in-time recovery can go back to.
select pg_catalog.pg_create_restore_point(:'name')::text as lsn
