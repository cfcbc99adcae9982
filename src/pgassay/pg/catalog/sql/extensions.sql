-- Extensions with their versions; what belongs to one is not looked at by itself.
select
    'extension' as kind,
    pg_catalog.quote_ident(extension.extname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'version: ' || extension.extversion,
        'schema: ' || pg_catalog.quote_ident(space.nspname),
        'comment: ' || pg_catalog.obj_description(extension.oid, 'pg_extension')
    ) as text
from pg_catalog.pg_extension as extension
join pg_catalog.pg_namespace as space
    on space.oid = extension.extnamespace
where space.nspname <> all (:'ignored'::text[])
