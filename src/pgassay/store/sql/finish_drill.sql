-- A drill ended.
update prod_test_schema.recovery_drills
set
    status = :'status',
    finished_at = greatest(started_at, :'finished_at'::timestamptz),
    rto_s = :'rto_s'::double precision,
    rpo_s = :'rpo_s'::double precision,
    phases = :'phases'::jsonb,
    steps = :'steps'::jsonb,
    sentence = :'sentence'
where id = :'id'::uuid
