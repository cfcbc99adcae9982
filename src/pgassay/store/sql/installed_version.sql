-- The version of the schema that is there.
select coalesce(max(version), 0) from prod_test_schema.schema_migrations
