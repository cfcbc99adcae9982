-- Each catalog in one number, which changes when a row of it that is about the application's objects is added,
-- replaced or removed, by whomever. A row is known by its key and by the transaction that wrote it.
with space as (
    select oid
    from pg_catalog.pg_namespace
    where nspname <> 'information_schema'
        and nspname not like 'pg\_%'
),
relation as (
    select oid, xmin
    from pg_catalog.pg_class
    where relnamespace in (select oid from space)
),
seen (catalog, key, xmin) as (
    select 'pg_namespace', oid::bigint, xmin
    from pg_catalog.pg_namespace
    where oid in (select oid from space)
    union all
    select 'pg_class', oid::bigint, xmin
    from relation
    union all
    select 'pg_attribute', attrelid::bigint * 2048 + attnum, xmin
    from pg_catalog.pg_attribute
    where attrelid in (select oid from relation)
    union all
    select 'pg_attrdef', oid::bigint, xmin
    from pg_catalog.pg_attrdef
    where adrelid in (select oid from relation)
    union all
    select 'pg_constraint', oid::bigint, xmin
    from pg_catalog.pg_constraint
    where connamespace in (select oid from space)
    union all
    select 'pg_trigger', oid::bigint, xmin
    from pg_catalog.pg_trigger
    where tgrelid in (select oid from relation)
    union all
    select 'pg_policy', oid::bigint, xmin
    from pg_catalog.pg_policy
    where polrelid in (select oid from relation)
    union all
    select 'pg_rewrite', oid::bigint, xmin
    from pg_catalog.pg_rewrite
    where ev_class in (select oid from relation)
    union all
    select 'pg_proc', oid::bigint, xmin
    from pg_catalog.pg_proc
    where pronamespace in (select oid from space)
    union all
    select 'pg_type', oid::bigint, xmin
    from pg_catalog.pg_type
    where typnamespace in (select oid from space)
    union all
    select 'pg_extension', oid::bigint, xmin
    from pg_catalog.pg_extension
    union all
    select 'pg_auth_members', roleid::bigint * 4294967296 + member::bigint, xmin
    from pg_catalog.pg_auth_members
)
select catalog, sum(pg_catalog.hashint8extended(key, xmin::text::bigint))::text as fingerprint
from seen
group by catalog
order by catalog
