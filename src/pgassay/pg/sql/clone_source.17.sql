-- title: What a database is, beside what is in it
-- since: 17
-- until: 17
--
-- ``creation`` is what CREATE DATABASE needs to make one of the same kind; ``others`` are sessions that
-- keep it from being copied as it is; those of a role are told from the server's own workers by having
-- one, which every role may see.
--
-- Copying files is the fastest way, but it makes a server that cares for its data write two checkpoints;
-- such a server gets a small database through its WAL.

select
    source.oid,
    pg_catalog.pg_get_userbyid(source.datdba) as owner,
    source.datconnlimit as connection_limit,
    source.datacl is not null as restricted,
    pg_catalog.shobj_description(source.oid, 'pg_database') as comment,
    pg_catalog.format(
        'encoding %L lc_collate %L lc_ctype %L locale_provider %s',
        pg_catalog.pg_encoding_to_char(source.encoding),
        source.datcollate,
        source.datctype,
        case source.datlocprovider
            when 'b' then pg_catalog.format('builtin builtin_locale %L', source.datlocale)
            when 'i' then pg_catalog.format('icu icu_locale %L', source.datlocale)
            else 'libc'
        end
    ) as creation,
    case
        when pg_catalog.current_setting('fsync') = 'off' then ' strategy file_copy'
        when pg_catalog.pg_database_size(source.oid) > 256 * 1024 * 1024 then ' strategy file_copy'
        else ' strategy wal_log'
    end as strategy,
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
