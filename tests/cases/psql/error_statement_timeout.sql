BEGIN;
SELECT plan(2);
SELECT pass('quick');
SET LOCAL statement_timeout = '50ms';
SELECT pg_sleep(5);
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
