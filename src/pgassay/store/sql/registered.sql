-- What tests registered and nobody has removed yet, with the table that it is in and the key that finds it.
-- ``alive``: the run that registered it, or the session where there was none, still goes on. ``allowed`` is null
-- where the role that registered it, or the table, is gone.
with held as (
    select (lock.classid::bigint << 32) | lock.objid::bigint as run_lock
    from pg_catalog.pg_locks as lock
    where lock.locktype = 'advisory'
        and lock.objsubid = 1
        and lock.granted
        and lock.database = (
            select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()
        )
),
entry as (
    select
        noted.id,
        noted.test_name,
        noted.entity_type,
        coalesce(noted.entity_id::text, noted.entity_key) as key,
        noted.key_column,
        noted.cleanup_method,
        noted.run_id,
        noted.registered_by,
        noted.created_at,
        noted.ctid as place,
        pg_catalog.to_regclass(noted.entity_type)::oid as home,
        case
            when noted.run_id is null then exists (
                select
                from pg_catalog.pg_stat_activity as session
                where session.pid = noted.backend_pid
                    and session.backend_start = noted.backend_start
            )
            else (
                'x' || pg_catalog.right(pg_catalog.replace(noted.run_id::text, '-', ''), 16)
            )::bit(64)::bigint in (select run_lock from held)
        end as alive
    from prod_test_schema.prod_test_data_registry as noted
    where noted.cleaned_up_at is null
)
select
    entry.id,
    entry.test_name,
    entry.entity_type,
    entry.key,
    entry.cleanup_method,
    entry.run_id,
    entry.registered_by,
    entry.alive,
    relation.oid::bigint as home,
    space.nspname as schema,
    relation.relname as name,
    relation.relkind = 'r' as plain,
    attribute.attname as key_column,
    pg_catalog.format_type(attribute.atttypid, null) as key_type,
    case
        when role.oid is not null then pg_catalog.has_table_privilege(role.oid, relation.oid, 'delete')
    end as allowed,
    coalesce(
        pg_catalog.has_table_privilege(relation.oid, 'select')
            and pg_catalog.has_table_privilege(relation.oid, 'delete'),
        false
    ) as able
from entry
left join pg_catalog.pg_class as relation on relation.oid = entry.home and relation.relkind in ('r', 'p')
left join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
left join pg_catalog.pg_index as index
    on index.indrelid = relation.oid
    and index.indisprimary
    and index.indnkeyatts = 1
left join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = relation.oid
    and not attribute.attisdropped
    and attribute.attnum > 0
    and case
        when entry.key_column is null then attribute.attnum = index.indkey[0]
        else attribute.attname = entry.key_column
    end
left join pg_catalog.pg_roles as role on role.rolname = entry.registered_by
-- What one transaction registered has one moment; then it is the order of the rows in the table.
order by entry.created_at, entry.place
