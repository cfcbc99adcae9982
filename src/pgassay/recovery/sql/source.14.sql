-- until: 14
-- The database as it says what it is: name, numbers, encoding, and how it sorts.
select
    database.datname as name,
    database.oid::bigint as oid,
    pg_catalog.current_setting('server_version') as server_version,
    current_user::text as role,
    pg_catalog.pg_encoding_to_char(database.encoding)::text as encoding,
    'libc' as provider,
    database.datcollate::text as collate,
    database.datctype::text as ctype,
    null::text as locale,
    false
        or exists (
            select
            from pg_catalog.pg_attribute as attribute
            join pg_catalog.pg_collation as sorting
                on sorting.oid = attribute.attcollation
            where sorting.collprovider = 'i'
                and attribute.attrelid >= 16384
                and not attribute.attisdropped
        ) as icu,
    pg_catalog.pg_database_size(database.oid) as size_bytes
from pg_catalog.pg_database as database
where database.datname = pg_catalog.current_database()
