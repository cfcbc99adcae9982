-- A backup is whole. One that another program took for dead meanwhile is set right.
update prod_test_schema.backups
set
    state = 'created',
    finished_at = greatest(started_at, :'finished_at'::timestamptz),
    location = :'location',
    size_bytes = :'size_bytes'::bigint,
    tables = :'tables'::integer,
    rows = :'rows'::bigint,
    manifest_sha256 = :'manifest_sha256',
    sentence = ''
where id = :'id'::uuid
