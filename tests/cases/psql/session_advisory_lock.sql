SELECT plan(1);
SELECT pg_advisory_lock(20301);
SELECT is((SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()), 1::bigint, 'held');
SELECT * FROM finish();
