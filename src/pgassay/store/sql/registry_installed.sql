-- Whether this database has the register of test data, as this program knows it.
select exists (
    select
    from pg_catalog.pg_attribute
    where attrelid = pg_catalog.to_regclass('prod_test_schema.prod_test_data_registry')
        and attname = 'key_column'
) as installed
