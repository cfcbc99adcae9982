-- An operation ended. One that another program took for dead meanwhile is set right.
update prod_test_schema.migration_runs
set
    status = :'status',
    sentence = :'sentence',
    finished_at = greatest(started_at, :'finished_at'::timestamptz),
    fingerprint_before = :'before',
    fingerprint_after = :'after',
    changes = :'changes'::jsonb,
    exact = :'exact'::boolean
where id = :'id'::uuid
