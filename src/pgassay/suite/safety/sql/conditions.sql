-- How the server is doing: how far behind the slowest standby is, in seconds, how many standbys the role may
-- not see, and how many connections are left to ordinary roles.
select
    (select max(extract(epoch from replay_lag)) from pg_catalog.pg_stat_replication)::double precision as lag_s,
    (select count(*) from pg_catalog.pg_stat_replication where state is null)::integer as hidden,
    (
        pg_catalog.current_setting('max_connections')::integer
        - pg_catalog.current_setting('superuser_reserved_connections')::integer
        - coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::integer
        - (select coalesce(sum(numbackends), 0) from pg_catalog.pg_stat_database)
    )::integer as free
