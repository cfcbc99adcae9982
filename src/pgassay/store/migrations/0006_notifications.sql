-- What people are told, on its way: nothing is lost when a receiver is down, and nothing is told twice.

create table prod_test_schema.notification_outbox (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    notice_key text not null,
    channel text not null,
    receiver text not null,
    notice jsonb not null,
    created_at timestamptz not null default pg_catalog.now(),
    attempts integer not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz not null default pg_catalog.now(),
    claimed_until timestamptz,
    delivered_at timestamptz,
    failed_at timestamptz,
    last_error text,
    unique (notice_key, channel, receiver),
    check (delivered_at is null or failed_at is null)
);

create index notification_outbox_waiting_idx
    on prod_test_schema.notification_outbox (next_attempt_at)
    where delivered_at is null and failed_at is null;

comment on table prod_test_schema.notification_outbox is 'Notices to people, and whether each receiver got them';
comment on column prod_test_schema.notification_outbox.receiver is
    'A digest of the address, which may be a secret and is not stored';
comment on column prod_test_schema.notification_outbox.claimed_until is
    'Somebody is sending it; past, whoever did was killed in the middle';
comment on column prod_test_schema.notification_outbox.failed_at is 'Given up: another try would end the same';
