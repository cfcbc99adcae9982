-- How far a migration is that cannot be one transaction; a row is there only while it is under way.
create schema if not exists pgassay_migrations;
create table if not exists pgassay_migrations.progress (
    version text not null primary key,
    operation text not null,
    sha256 text not null,
    parts integer not null,
    noted_at timestamptz not null default pg_catalog.now()
);
comment on table pgassay_migrations.progress is 'Migrations of several transactions that are under way';
