-- Whether the history is there, with the columns that newer programs write.
select
    pg_catalog.to_regclass('supabase_migrations.schema_migrations') is not null as there,
    (
        select count(*) = 2
        from pg_catalog.pg_attribute
        where attrelid = pg_catalog.to_regclass('supabase_migrations.schema_migrations')
            and attname in ('statements', 'name')
            and not attisdropped
    ) as whole
