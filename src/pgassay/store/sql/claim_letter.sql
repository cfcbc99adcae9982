-- Take a letter that is due and that nobody else is sending; say whether somebody was killed while sending it.
with due as (
    select letter.id, letter.claimed_until is not null as repeated
    from prod_test_schema.notification_outbox as letter
    where letter.delivered_at is null
        and letter.failed_at is null
        and (letter.next_attempt_at <= pg_catalog.clock_timestamp() or :'at_once'::boolean)
        and (letter.claimed_until is null or letter.claimed_until < pg_catalog.clock_timestamp())
        and letter.id <> all (:'tried'::uuid[])
    order by letter.created_at, letter.id
    limit 1
    for update skip locked
)
update prod_test_schema.notification_outbox as letter
set attempts = letter.attempts + 1,
    claimed_until = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => :'lease_s'::double precision)
from due
where letter.id = due.id
returning letter.id, letter.channel, letter.receiver, letter.notice::text, letter.attempts, due.repeated
