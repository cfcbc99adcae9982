-- Put a notice on its way to a receiver, once.
insert into prod_test_schema.notification_outbox (notice_key, channel, receiver, notice)
values (:'key'::text, :'channel'::text, :'receiver'::text, :'notice'::jsonb)
on conflict do nothing
returning id
