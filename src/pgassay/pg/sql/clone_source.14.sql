-- title: What a database is, beside what is in it
-- until: 14
--
-- ``creation`` is what CREATE DATABASE needs to make one of the same kind; ``others`` are sessions that
-- keep it from being copied as it is; those of a role are told from the server's own workers by having
-- one, which every role may see.

select
    source.oid,
    pg_catalog.pg_get_userbyid(source.datdba) as owner,
    source.datconnlimit as connection_limit,
    source.datacl is not null as restricted,
    pg_catalog.shobj_description(source.oid, 'pg_database') as comment,
    pg_catalog.format(
        'encoding %L lc_collate %L lc_ctype %L',
        pg_catalog.pg_encoding_to_char(source.encoding), source.datcollate, source.datctype
    ) as creation,
    '' as strategy,
    null::text as copy_method,
    (
        select pg_catalog.count(*)
        from pg_catalog.pg_stat_activity as session
        where session.datid = source.oid
            and session.pid <> pg_catalog.pg_backend_pid()
            and session.usesysid is not null
    ) as others
from pg_catalog.pg_database as source
where source.datname = :'source';
