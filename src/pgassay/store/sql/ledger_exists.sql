-- Whether the store was ever installed, and whether this role may read that.
select
    pg_catalog.to_regclass('prod_test_schema.schema_migrations') is not null as installed,
    pg_catalog.to_regnamespace('prod_test_schema') is not null
        and pg_catalog.to_regnamespace('performance_monitoring') is not null as prepared,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create') as may_create
