\set ON_ERROR_STOP off
SELECT plan(2);
SELECT pass('alive');
SELECT pg_terminate_backend(pg_backend_pid());
SELECT pass('psql reconnects, but pgTAP has forgotten the plan');
SELECT * FROM finish();
