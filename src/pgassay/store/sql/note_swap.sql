-- The names are swapped: what was there has another one.
update prod_test_schema.rollback_events
set emergency_backup_location = :'aside', outage_s = :'outage_s'::double precision
where id = :'id'::uuid
