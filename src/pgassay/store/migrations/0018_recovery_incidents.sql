-- An incident may belong to a recovery drill or to a backup.

alter table prod_test_schema.incident_links
    drop constraint incident_links_kind_check,
    add constraint incident_links_kind_check check (
        kind in ('run', 'alert', 'migration', 'rollback', 'drill', 'backup')
    );

comment on table prod_test_schema.incident_links is
    'The runs, alerts, migrations, rollbacks, drills and backups of incidents';
