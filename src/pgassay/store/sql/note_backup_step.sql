-- Where a backup is.
update prod_test_schema.backups set sentence = :'sentence' where id = :'id'::uuid and state = 'running'
