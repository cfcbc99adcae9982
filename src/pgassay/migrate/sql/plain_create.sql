-- The history of migrations that no other program keeps.
create schema if not exists pgassay_migrations;
create table if not exists pgassay_migrations.history (
    version text not null primary key,
    name text not null,
    sha256 text not null,
    statements text[] not null,
    applied_at timestamptz not null default pg_catalog.now(),
    applied_by text not null default current_user,
    adopted text
);
comment on table pgassay_migrations.history is 'The migrations that were applied, or adopted, by pgassay migrate';
comment on column pgassay_migrations.history.adopted is
    'What could be verified of one that was applied by other means; null for one that pgassay has run';
