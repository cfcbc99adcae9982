BEGIN;
SELECT plan(1);
SET LOCAL lock_timeout = '5s';
SELECT is(current_setting('lock_timeout'), '5s', 'the file has its own setting');
SELECT * FROM finish();
ROLLBACK;
