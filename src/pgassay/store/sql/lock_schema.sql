-- Only one program changes the schema at a time; the key is the name of the ledger.
select pg_catalog.pg_advisory_xact_lock(
    pg_catalog.hashtextextended('prod_test_schema.schema_migrations', 0)
)
