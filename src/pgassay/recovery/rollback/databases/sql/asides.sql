-- Databases with a mark in their comment that says whose place they had.
select
    database.datname::text as name,
    pg_catalog.shobj_description(database.oid, 'pg_database') as mark,
    case
        when pg_catalog.has_database_privilege(database.oid, 'connect')
            or pg_catalog.pg_has_role('pg_read_all_stats', 'usage')
            then pg_catalog.pg_database_size(database.oid)
    end as size_bytes
from pg_catalog.pg_database as database
where pg_catalog.starts_with(pg_catalog.shobj_description(database.oid, 'pg_database'), '{"pgassay_aside"')
order by database.datname
