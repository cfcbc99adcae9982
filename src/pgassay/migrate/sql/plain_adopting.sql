-- A history that was made before there were adoptions gets the place to note them.
alter table pgassay_migrations.history add column if not exists adopted text;
comment on column pgassay_migrations.history.adopted is
    'What could be verified of one that was applied by other means; null for one that pgassay has run';
