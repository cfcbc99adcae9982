-- Make a letter that was given up due again.
update prod_test_schema.notification_outbox as letter
set failed_at = null,
    next_attempt_at = pg_catalog.clock_timestamp(),
    retried_at = pg_catalog.clock_timestamp(),
    retried_by = coalesce(:'actor'::text, current_user)
where letter.id = :'id'::uuid
