BEGIN;
SELECT plan(1);
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
SELECT 1 / 0
