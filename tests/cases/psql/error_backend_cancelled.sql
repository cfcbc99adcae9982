BEGIN;
SELECT plan(2);
SELECT pass('alive');
SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5);
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
