-- The ledger row of a migration, in the migration's own transaction.
insert into prod_test_schema.schema_migrations (version, name)
values (:'version'::integer, :'name')
