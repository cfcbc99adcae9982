-- Whether the history is there.
select
    pg_catalog.to_regclass('pgassay_migrations.history') is not null as there,
    true as whole
