-- The history of migrations that no other program keeps.
create schema if not exists pgassay_migrations;
create table if not exists pgassay_migrations.history (
    version text not null primary key,
    name text not null,
    sha256 text not null,
    statements text[] not null,
    applied_at timestamptz not null default pg_catalog.now(),
    applied_by text not null default current_user
);
comment on table pgassay_migrations.history is 'The migrations that were applied by pgassay migrate';
