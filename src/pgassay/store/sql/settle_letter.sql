-- Write down what became of a letter.
update prod_test_schema.notification_outbox as letter
set claimed_until = null,
    delivered_at = case when :'delivered'::boolean then pg_catalog.clock_timestamp() end,
    failed_at = case when :'final'::boolean then pg_catalog.clock_timestamp() end,
    last_error = nullif(:'problem'::text, ''),
    next_attempt_at = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => :'wait_s'::double precision)
where letter.id = :'id'::uuid
