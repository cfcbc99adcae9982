BEGIN;
SELECT plan(2);
SELECT pass('alive');
SELECT pg_terminate_backend(pg_backend_pid());
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
