-- Whether the history has a place to note adoptions; null where there is no history.
select
    case
        when pg_catalog.to_regclass('pgassay_migrations.history') is not null
            then exists (
                select
                from pg_catalog.pg_attribute
                where attrelid = pg_catalog.to_regclass('pgassay_migrations.history')
                    and attname = 'adopted'
                    and not attisdropped
            )
    end as there
