-- A drill, or a proof of point-in-time recovery, begins.
insert into prod_test_schema.recovery_drills (
    id, kind, backup_id, target, database, started_at, rto_objective_s, rpo_objective_s, run_lock
)
values (
    :'id'::uuid,
    :'kind',
    (select known.id from prod_test_schema.backups as known where known.id = :'backup_id'::uuid),
    :'target',
    :'database',
    :'started_at'::timestamptz,
    :'rto_objective_s'::double precision,
    :'rpo_objective_s'::double precision,
    :'run_lock'::bigint
)
