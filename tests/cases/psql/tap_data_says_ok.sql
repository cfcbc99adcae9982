BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT 'ok maybe';
SELECT pass('b');
SELECT * FROM finish();
ROLLBACK;
