-- How large databases were, so that it can be said how fast they grow.

create table performance_monitoring.database_sizes (
    database text not null,
    hour timestamptz not null,
    recorded_at timestamptz not null default pg_catalog.now(),
    size_bytes bigint not null check (size_bytes >= 0),
    largest_tables jsonb not null default '[]',
    primary key (database, hour)
);

comment on table performance_monitoring.database_sizes is
    'How large a database was; at most one row an hour';
comment on column performance_monitoring.database_sizes.database is 'Server and name';
comment on column performance_monitoring.database_sizes.largest_tables is
    'The largest tables with their indexes, by the pages that the server counted last';
