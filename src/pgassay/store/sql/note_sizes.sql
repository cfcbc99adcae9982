-- Note how large a database is, unless that was done in this hour.
insert into performance_monitoring.database_sizes (database, hour, recorded_at, size_bytes, largest_tables)
values (
    :'database'::text,
    pg_catalog.date_trunc('hour', :'at'::timestamptz, 'UTC'),
    :'at'::timestamptz,
    :'size_bytes'::bigint,
    :'largest'::jsonb
)
on conflict do nothing
