BEGIN;
SELECT plan(1);
SELECT pass('a');
SELECT 'not ok, said the inspector';
SELECT * FROM finish();
ROLLBACK;
