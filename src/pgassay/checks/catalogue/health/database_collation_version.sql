-- title: The database's own collation changed below its indexes
-- level: failed
-- since: 15
-- help: reindex database {object}; then: alter database {object} refresh collation version;
--
-- A new version of libc or ICU may sort differently; every index on text that was built with the old order may then
-- miss rows, and unique constraints let duplicates in. PostgreSQL 14 does not remember the version.

select
    format('%I', d.datname) as object,
    case
        when d.datcollversion is distinct from pg_database_collation_actual_version(d.oid) then format(
            'made with version %s, now %s', d.datcollversion, coalesce(pg_database_collation_actual_version(d.oid), 'none')
        )
        else format('version %s, as when it was made', coalesce(d.datcollversion, 'none'))
    end as detail,
    case
        when d.datcollversion is distinct from pg_database_collation_actual_version(d.oid) then 'failed'
        else 'passed'
    end as level
from pg_catalog.pg_database as d
where d.datname = current_database();

-- breaks: made with another version
update pg_catalog.pg_database set datcollversion = '0.1' where datname = current_database();

-- holds: the version that it was made with
