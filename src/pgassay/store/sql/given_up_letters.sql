-- Letters that were given up and not replaced, held until the end of the transaction; a null id: all.
select letter.id, letter.notice_key, letter.channel, letter.receiver, letter.notice::text
from prod_test_schema.notification_outbox as letter
where letter.failed_at is not null
    and letter.replaced_at is null
    and (:'id'::uuid is null or letter.id = :'id'::uuid)
order by letter.created_at, letter.id
for update
