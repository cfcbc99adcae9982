-- title: The databases that pgassay made, and for whom
--
-- One that was made a moment ago has no mark yet: its name alone says whose it is.

select
    clone.datname as name,
    pg_catalog.shobj_description(clone.oid, 'pg_database') as mark,
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_stat_activity as session
        where session.datid = clone.oid
    ) as sessions
from pg_catalog.pg_database as clone
where clone.datname like 'pgassay\_%'
    and coalesce(
        pg_catalog.starts_with(pg_catalog.shobj_description(clone.oid, 'pg_database'), '{"pgassay_clone"'),
        true
    );
