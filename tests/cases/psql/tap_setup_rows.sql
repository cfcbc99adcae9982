BEGIN;
SELECT plan(1);
SELECT NULL;
SELECT ''::text;
SELECT gen_random_uuid() IS NOT NULL, 17, NULL, 'x|y';
SELECT set_config('work_mem', '4MB', true);
SELECT pass('rows of set-up are ignored');
SELECT * FROM finish();
ROLLBACK;
