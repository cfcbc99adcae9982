-- A migration that was applied by other means may be taken into the history without being run.

alter table prod_test_schema.migration_runs
    drop constraint migration_runs_operation_check,
    add constraint migration_runs_operation_check
        check (operation in ('apply', 'rollback', 'rehearse', 'adopt'));

comment on table prod_test_schema.migration_runs is
    'Rehearsals, applications, adoptions and rollbacks of migrations; the history of what is applied is in the target';
