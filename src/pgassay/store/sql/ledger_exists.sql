-- Whether the store was ever installed, and whether this role could. The catalogs are asked as tables, because
-- to_regclass() may remember from before a lock was awaited what others have changed meanwhile.
with present as (
    select
        nspname,
        exists (
            select
            from pg_catalog.pg_class
            where relnamespace = namespace.oid
                and relname = 'schema_migrations'
        ) as has_ledger
    from pg_catalog.pg_namespace as namespace
    where nspname in ('prod_test_schema', 'performance_monitoring')
)
select
    coalesce(bool_or(has_ledger), false) as installed,
    count(*) = 2 as prepared,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create') as may_create
from present
