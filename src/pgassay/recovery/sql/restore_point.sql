-- A point that a recovery can go to.
select pg_catalog.pg_create_restore_point(:'name')
