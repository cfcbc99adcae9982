-- A letter to a receiver that is not configured any more: others got the notice instead.
update prod_test_schema.notification_outbox as letter
set replaced_at = pg_catalog.clock_timestamp(),
    retried_at = pg_catalog.clock_timestamp(),
    retried_by = coalesce(:'actor'::text, current_user)
where letter.id = :'id'::uuid
