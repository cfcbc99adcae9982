-- A backup ended without becoming one.
update prod_test_schema.backups
set
    state = :'state',
    finished_at = greatest(started_at, :'finished_at'::timestamptz),
    sentence = :'sentence'
where id = :'id'::uuid
    and state in ('running', 'interrupted')
