-- Whether a migration was ever applied in several parts.
select pg_catalog.to_regclass('pgassay_migrations.progress') is not null as there
