BEGIN;
\o /dev/null
SELECT set_config('work_mem', '8MB', true);
SELECT 'not ok 1 - gone';
\o
SELECT plan(1);
SELECT is(current_setting('work_mem'), '8MB', 'set');
SELECT * FROM finish();
ROLLBACK;
