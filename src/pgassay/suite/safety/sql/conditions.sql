-- How the server is doing: how many connections are left to ordinary roles, and for how many transactions the
-- oldest rows of this database were not frozen.
select
    (
        pg_catalog.current_setting('max_connections')::integer
        - pg_catalog.current_setting('superuser_reserved_connections')::integer
        - coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::integer
        - (select coalesce(sum(numbackends), 0) from pg_catalog.pg_stat_database)
    )::integer as free,
    (
        select pg_catalog.age(datfrozenxid)
        from pg_catalog.pg_database
        where datname = pg_catalog.current_database()
    )::integer as age
