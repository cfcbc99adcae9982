-- What did not arrive yet, or never will, the oldest first.
select
    letter.id, letter.channel, letter.receiver, letter.notice::text, letter.created_at, letter.attempts,
    letter.next_attempt_at, letter.failed_at, coalesce(letter.last_error, ''), letter.retried_at,
    coalesce(letter.retried_by, '')
from prod_test_schema.notification_outbox as letter
where letter.delivered_at is null and letter.replaced_at is null
order by letter.created_at, letter.id
limit :'most'::bigint
