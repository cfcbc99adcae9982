-- What is known of a backup now. What was tested stays so when less was looked at later, and was found whole.
update prod_test_schema.backups
set
    state = case when state = 'tested' and :'state' in ('created', 'validated') then state else :'state' end,
    tested_at = case when :'state' = 'tested' then :'at'::timestamptz else tested_at end,
    sentence = :'sentence'
where id = :'id'::uuid
