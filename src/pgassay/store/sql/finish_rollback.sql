-- An operation ended.
update prod_test_schema.rollback_events
set
    status = :'status',
    sentence = :'sentence',
    succeeded = :'succeeded'::boolean,
    completed_at = greatest(executed_at, :'at'::timestamptz)
where id = :'id'::uuid
