-- Backups, the newest first: of one database, or of all.
select
    id,
    target,
    database,
    server_version,
    location,
    started_at,
    state,
    finished_at,
    tested_at,
    size_bytes,
    tables,
    rows,
    manifest_sha256,
    sentence
from prod_test_schema.backups
where database = coalesce(:'database', database)
order by started_at desc
