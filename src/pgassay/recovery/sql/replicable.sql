-- Whether a copy of the whole server can be taken and be started: what it says, as whom we are there.
select
    role.rolsuper or role.rolreplication as may_replicate,
    pg_catalog.current_setting('wal_level') as wal_level,
    pg_catalog.current_setting('max_wal_senders')::integer as wal_senders,
    pg_catalog.pg_is_in_recovery() as is_standby,
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_tablespace as place
        where place.spcname not in ('pg_default', 'pg_global')
    ) as tablespaces,
    exists (
        select
        from pg_catalog.pg_roles as owner
        where owner.rolname = 'postgres' and owner.rolsuper and owner.rolcanlogin
    ) as has_postgres,
    (
        select pg_catalog.sum(pg_catalog.pg_database_size(database.oid))
        from pg_catalog.pg_database as database
        where pg_catalog.has_database_privilege(database.oid, 'connect')
    )::bigint as size_bytes
from pg_catalog.pg_roles as role
where role.rolname = current_user
