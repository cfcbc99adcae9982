-- A notice that was given up may be tried again by somebody, perhaps at another address.

alter table prod_test_schema.notification_outbox
    add column retried_at timestamptz,
    add column retried_by text,
    add column replaced_at timestamptz,
    add constraint notification_outbox_replaced_check check (replaced_at is null or failed_at is not null);

comment on column prod_test_schema.notification_outbox.retried_at is
    'Somebody had it tried again after it was given up';
comment on column prod_test_schema.notification_outbox.replaced_at is
    'The receiver is not configured any more; those of the channel that are got the notice instead';
