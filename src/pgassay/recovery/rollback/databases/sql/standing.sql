-- What a database is for its server, and what this role may do with it. What keeps it from getting another name:
-- prepared transactions, and sessions that this role may not end.
select
    database.oid::bigint as oid,
    pg_catalog.pg_get_userbyid(database.datdba)::text as owner,
    pg_catalog.shobj_description(database.oid, 'pg_database') as comment,
    database.datistemplate as template,
    me.rolsuper as superuser,
    me.rolsuper or me.rolcreatedb as may_create,
    pg_catalog.pg_has_role(database.datdba, 'usage') as owned,
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_prepared_xacts as prepared
        where prepared.database = database.datname
    ) as prepared,
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_replication_slots as slot
        where slot.database = database.datname
    ) as slots,
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_subscription as subscription
        where subscription.subdbid = database.oid
    ) as subscriptions,
    (
        select space.spcname::text
        from pg_catalog.pg_tablespace as space
        where space.oid = database.dattablespace
            and space.spcname <> 'pg_default'
    ) as tablespace
from pg_catalog.pg_database as database
cross join pg_catalog.pg_roles as me
where database.datname = :'live'
    and me.rolname = current_user
