-- Who asks holds the lock of rollbacks of this database: whatever else calls itself running was killed.
update prod_test_schema.rollback_events as event
set
    status = 'interrupted',
    succeeded = false,
    completed_at = greatest(
        event.executed_at,
        (
            select pg_catalog.max(coalesce(each.finished_at, each.started_at))
            from prod_test_schema.rollback_steps as each
            where each.event_id = event.id
        )
    )
where event.status = 'running'
    and event.database = :'database'
returning event.id
